import type { Outgoing } from './outgoing.ts'
import type { RenderedRequest } from './render/render.ts'

/**
 * Makes what is sent as Basic credentials known to the redaction before it goes out, as a whole: a server that echoes
 * the header would otherwise show a secret that is too short to be told inside base64, or that was escaped before (RFC
 * 6749, 2.3.1). The same credentials are remembered once, however many messages they go out with.
 */
export function rememberBasic(outgoing: Outgoing, remember: (credentials: string) => void): Outgoing {
  return {
    send: (request, options) => {
      for (const value of [...secretHeaders(request), options.route?.proxy?.authorization ?? '']) {
        const credentials = basicCredentials(value)
        if (credentials !== null) remember(credentials)
      }
      return outgoing.send(request, options)
    },
    close: () => outgoing.close(),
  }
}

/** Those that hold no secret are shown as they are. */
function secretHeaders({ headers, recorded }: RenderedRequest): string[] {
  if (!hasSecret(recorded.headers)) return []
  const names = recorded.headers
    .filter(({ value }) => value.some((part) => typeof part !== 'string'))
    .map(({ name }) => name)
  return headers.filter(([name]) => names.includes(name)).map(([, value]) => value)
}

/** Asked for each message, and mostly there is none. */
function hasSecret(headers: RenderedRequest['recorded']['headers']): boolean {
  for (const { value } of headers) for (const part of value) if (typeof part !== 'string') return true
  return false
}

function basicCredentials(value: string): string | null {
  const [, encoded] = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(value) ?? []
  return encoded === undefined ? null : Buffer.from(encoded, 'base64').toString('utf8')
}
