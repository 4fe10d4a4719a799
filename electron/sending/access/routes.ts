import { createHash } from 'node:crypto'
import type { AttemptOutcome } from '#shared/outcome.ts'
import type { Connection, Proxy } from '#shared/settings.ts'
import { UnrenderableError } from '../render/escape.ts'
import { renderTemplate, type RenderContext } from '../render/render-template.ts'
import { usualPatience, waitFor, type Patience, type Unanswered } from './ask-system.ts'
import type { ProxyRoute, Route } from './route.ts'
import { isLoopback, type SystemProxy } from './system-proxy.ts'

export type Way = { ok: true; route: Route | undefined } | { ok: false; outcome: AttemptOutcome }

/** Finds how each request gets to its host: through which proxy, trusting which certificates. */
export class Routes {
  private readonly system: SystemProxy
  private readonly remember: (secret: string) => void

  constructor(system: SystemProxy, remember: (secret: string) => void) {
    this.system = system
    this.remember = remember
  }

  /** Nothing to find out: it goes straight there. */
  isDirect({ proxy, authorities }: Connection, url: URL): boolean {
    if (authorities.trim() !== '') return false
    if (proxy.kind !== 'system') return proxy.kind === 'none'
    return !this.system.named || isLoopback(url.hostname)
  }

  /** Throws `UnrenderableError`, and what `secretValue` throws, for the proxy's credentials. */
  async of(
    connection: Connection,
    url: URL,
    context: RenderContext,
    patience: Patience = usualPatience,
  ): Promise<Way> {
    if (this.isDirect(connection, url)) return { ok: true, route: undefined }
    const authorities = await authoritiesOf(connection, url)
    if (!authorities.ok) return authorities
    const proxy = await this.proxyOf(connection.proxy, url, context, patience)
    if (proxy && 'outcome' in proxy) return { ok: false, outcome: proxy.outcome }
    const { secureContext } = authorities
    if (!proxy && !secureContext) return { ok: true, route: undefined }
    const key = JSON.stringify([proxy, secureContext ? connection.authorities : ''])
    return { ok: true, route: { key: digest(key), proxy, secureContext } }
  }

  private async proxyOf(
    proxy: Proxy,
    url: URL,
    context: RenderContext,
    patience: Patience,
  ): Promise<ProxyRoute | { outcome: AttemptOutcome } | null> {
    if (proxy.kind === 'manual') {
      const username = renderTemplate(proxy.username, 'raw', context).wire
      const password = renderTemplate(proxy.password, 'raw', context).wire
      return this.proxyAt(proxy.address, url, username, password)
    }
    if (proxy.kind === 'none' || isLoopback(url.hostname)) return null
    const asked = this.system.proxyFor(url)
    const address = asked instanceof Promise ? await waitFor(asked, patience) : asked
    if (address === null) return null
    return typeof address === 'string'
      ? this.proxyAt(address, url)
      : { outcome: unanswered(address, url, patience) }
  }

  private proxyAt(address: string, url: URL, username = '', password = '') {
    const at = URL.canParse(address) ? new URL(address) : null
    if (!at || at.hostname === '') throw new UnrenderableError('The proxy’s address cannot be read.')
    const secure = at.protocol === 'https:'
    const port = Number(at.port) || (secure ? 443 : 80)
    const label = `${at.hostname}:${port}`
    if (!secure && at.protocol !== 'http:') {
      const reason = `${at.protocol.slice(0, -1)} proxies are not supported, only http and https ones`
      return { outcome: failed({ host: url.host, proxy: label, reason }) }
    }
    const user = username || decoded(at.username)
    const secret = password || decoded(at.password)
    this.remember(secret)
    const credentials = user === '' && secret === '' ? null : `${user}:${secret}`
    const authorization =
      credentials === null ? null : `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`
    return { hostname: at.hostname.replace(/^\[|\]$/g, ''), port, secure, authorization, label }
  }
}

/** Nothing goes out by a way that the system may not want: who has a proxy mostly has to use it. */
function unanswered({ why }: Unanswered, { host }: URL, { connectMs }: Patience): AttemptOutcome {
  if (why === 'cancelled') return { class: 'cancelled', code: 'cancelled_before_sending', facts: { host } }
  return failed({ host, reason: `the system did not say within ${connectMs} ms which proxy to use` })
}

function failed(facts: AttemptOutcome['facts']): AttemptOutcome {
  return { class: 'unavailable', code: 'proxy_failed', facts }
}

async function authoritiesOf({ authorities }: Connection, { host }: URL) {
  if (authorities.trim() === '') return { ok: true, secureContext: null } as const
  // Loaded when it is needed, as the whole client is: the workbench starts faster without TLS.
  const { secureContextFor } = await import('./secure-context.ts')
  const found = secureContextFor(authorities)
  if (found.ok) return { ok: true, secureContext: found.context } as const
  const facts = { host, reason: found.problem }
  const outcome: AttemptOutcome = { class: 'misconfigured', code: 'authorities_unreadable', facts }
  return { ok: false, outcome } as const
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
