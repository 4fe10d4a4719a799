import type { Route } from '../sending/access/route.ts'
import type { Prepared } from './prepare.ts'
import { renderMessage, type Rendered } from './render-message.ts'

const isForProxies = ({ name }: { name: string }) => name.toLowerCase() === 'proxy-authorization'

/**
 * Renders a message for the way it takes. Behind a proxy the user's own Proxy-Authorization header stays away: the
 * proxy's credentials are part of the connection, and a tunnel would carry the header to the host.
 */
export function renderReady(
  prepared: Prepared,
  userAgent: string,
  route: Route | undefined,
  accessToken?: string,
): Rendered {
  const rendered = renderMessage(prepared, userAgent, accessToken)
  if (!rendered.ok || !route?.proxy) return rendered
  const { request } = rendered
  const { recorded } = request
  const headers = recorded.headers.filter((header) => !isForProxies(header))
  if (headers.length === recorded.headers.length) return rendered
  return {
    ok: true,
    request: {
      ...request,
      headers: request.headers.filter(([name]) => !isForProxies({ name })),
      recorded: { ...recorded, headers },
    },
  }
}
