import type { SecureContext } from 'node:tls'
import type { AttemptOutcome } from '#shared/outcome.ts'

/** How a request gets to its host where it does not simply go there. */
export interface Route {
  /** Connections are used again only by requests of the same key. */
  key: string
  proxy: ProxyRoute | null
  /** With the provider's own certificate authorities; null: the well-known ones. */
  secureContext: SecureContext | null
}

export interface ProxyRoute {
  hostname: string
  port: number
  /** TLS to the proxy itself. */
  secure: boolean
  /** The value of Proxy-Authorization, or null. */
  authorization: string | null
  /** `host:port`, for people. */
  label: string
}

/** A proxy is asked for http addresses by their full form; to https ones it opens a tunnel (RFC 9112, 3.2.2). */
export function proxyForPlain(route: Route | undefined, url: URL): ProxyRoute | null {
  return url.protocol === 'http:' ? (route?.proxy ?? null) : null
}

/** A 407 to a request in the full form is the proxy's own, not the host's. */
export function proxyRefusal(route: Route | undefined, url: URL, status: number): AttemptOutcome | null {
  const proxy = proxyForPlain(route, url)
  if (!proxy || status !== 407) return null
  const facts = { host: url.host, status, proxy: proxy.label }
  return { class: 'misconfigured', code: 'proxy_unauthorized', facts }
}
