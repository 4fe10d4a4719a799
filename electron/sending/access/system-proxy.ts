/** What the system says of proxies: the environment in a terminal, the desktop's settings in the desktop host. */
export interface SystemProxy {
  /** False where no address can have a proxy, so that nobody has to ask. */
  named: boolean
  /** The proxy's address, credentials and all, or null for none. */
  proxyFor(url: URL): string | null | Promise<string | null>
}

export const noSystemProxy: SystemProxy = { named: false, proxyFor: () => null }

const keptMs = 10_000
const mostKept = 500

/**
 * Asks a resolver in the manner of a PAC file (`PROXY host:port; DIRECT`), as Electron's session has it. Answers are kept
 * a few seconds: proxies do not change from message to message. A question that is still open is not kept: it may stay so.
 */
export function proxyFromResolver(
  resolve: (url: string) => Promise<string>,
  now: () => number = Date.now,
): SystemProxy {
  const kept = new Map<string, { proxy: string | null; until: number }>()
  return {
    named: true,
    proxyFor: (url) => {
      const known = kept.get(url.origin)
      if (known && now() < known.until) return known.proxy
      // As in a browser, a configuration that cannot be had leaves the direct way.
      return resolve(`${url.origin}/`)
        .then(proxyInList, () => null)
        .then((proxy) => {
          if (kept.size >= mostKept) kept.clear()
          kept.set(url.origin, { proxy, until: now() + keptMs })
          return proxy
        })
    },
  }
}

const schemes: Record<string, string> = { PROXY: 'http', HTTP: 'http', HTTPS: 'https' }

/** The first entry that can be used; where there is none, one that cannot be is named, so that its failure says why. */
export function proxyInList(list: string): string | null {
  const entries = list.split(';').map((entry) => entry.trim().split(/\s+/))
  for (const [kind = '', place = ''] of entries) {
    const scheme = schemes[kind.toUpperCase()]
    if (kind.toUpperCase() === 'DIRECT') return null
    if (scheme !== undefined && place !== '') return `${scheme}://${place}`
  }
  const [kind = '', place = ''] = entries[0] ?? []
  return place === '' ? null : `${kind.toLowerCase()}://${place}`
}

/** Loopback addresses and names: what the system says of proxies never counts for them. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    hostname.endsWith('.localhost') ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  )
}
