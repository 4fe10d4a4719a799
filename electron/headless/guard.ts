import type { IncomingHttpHeaders } from 'node:http'

export interface Asked {
  method: string
  /** The route that the router found for it, null for the page. Never the text of the address: `/%72pc` is `/rpc`. */
  route: string | null
  headers: IncomingHttpHeaders
  /** How many Host headers came: more than one is a trick to make two readers see two hosts. */
  hostHeaders: number
}

/** Exactly how a browser on this machine names the host; whatever else a DNS name leads here is not meant for it. */
export function allowedHosts(port: number): Set<string> {
  return new Set(['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`))
}

/**
 * Why a request is refused before anything looks at it, or null. Every page that a browser shows can send requests to
 * 127.0.0.1, and a hostile DNS name can point there; neither may reach a command.
 */
export function refusal(asked: Asked, hosts: Set<string>): string | null {
  const { host, origin } = asked.headers
  if (asked.hostHeaders !== 1 || host === undefined || !hosts.has(host))
    return 'This host name is not served.'
  if (origin !== undefined && origin !== `http://${host}`) return 'Requests from other sites are refused.'
  if (!isOwnSite(asked)) return 'Requests from other sites are refused.'
  return null
}

function isOwnSite(asked: Asked): boolean {
  const site = asked.headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return true
  return isVisit(asked)
}

/**
 * A link from elsewhere, such as the terminal's page or the file that opens the browser, may lead to the page itself:
 * the page holds nothing without a session, cannot be framed, and is cut off from its opener.
 */
function isVisit({ method, route, headers }: Asked): boolean {
  const isNavigation = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  return method === 'GET' && isNavigation && route === null
}
