import type { AttemptOutcome } from '#shared/message.ts'
import type { Access } from '../sending/access/access.ts'
import { emptyTrace, type ExchangeTrace } from '../sending/exchange.ts'
import type { RenderedRequest } from '../sending/render/render.ts'
import { accessTokenName } from '../sending/render/render-template.ts'
import type { Route } from '../sending/access/route.ts'
import { renderTokenRequest } from '../sending/access/token-request.ts'
import type { TokenWish } from '../sending/access/tokens.ts'
import type { Leaving } from './exchange-message.ts'
import { contextOf, notRenderable } from './render-message.ts'
import { renderReady } from './render-ready.ts'

/** What a message needs besides its request: a way to the host, a token. Or why it cannot go out. */
export interface Ready {
  route: Route | undefined
  token: TokenInUse | null
  failed: AttemptOutcome | null
  trace: ExchangeTrace
}

export interface TokenInUse {
  wish: TokenWish
  token: string
  kept: boolean
}

/** Most messages need nothing, and then this has to cost nothing. */
export function needsReadying({ routes }: Access, { prepared, rendered }: Leaving): boolean {
  const { auth, ratePerSecond, connection } = prepared.settings
  if (!rendered.ok) return false
  return (
    ratePerSecond !== null || auth.kind === 'oauth2' || !routes.isDirect(connection, rendered.request.url)
  )
}

/**
 * Waits for the message's turn, finds its way and gets its token. A failure is kept in `ready` for the attempt to end
 * with; when it is cancelled meanwhile, the attempt finds that out itself. Throws `vault_locked`.
 */
export async function getReady(
  parts: { access: Access; userAgent: string },
  leaving: Leaving,
): Promise<void> {
  const { prepared, rendered, stop, onPhase } = leaving
  if (!rendered.ok) return
  const { settings, providerId } = prepared
  const turn =
    settings.ratePerSecond === null
      ? null
      : parts.access.turns.take(
          providerId,
          { perSecond: settings.ratePerSecond, draft: !prepared.saved },
          stop,
        )
  if (turn) {
    onPhase?.('queued')
    await turn
  }
  if (stop.cancelled) return
  const startedAt = performance.now()
  try {
    leaving.ready = await findWay(parts, leaving, rendered.request)
  } catch (error) {
    leaving.ready = notReady(notRenderable(error))
  }
  const { ready } = leaving
  ready.trace.timings.total = Math.round((performance.now() - startedAt) * 1000) / 1000
  const { route, token } = ready
  if (token || route?.proxy) leaving.rendered = renderReady(prepared, parts.userAgent, route, token?.token)
}

async function findWay(
  { access, userAgent }: { access: Access; userAgent: string },
  { prepared, stop, onPhase }: Leaving,
  request: RenderedRequest,
): Promise<Ready> {
  const { settings, providerId, input } = prepared
  const { auth, connection, timeouts } = settings
  const context = contextOf(prepared, userAgent)
  const patience = { connectMs: timeouts.connectMs, cancellation: stop }
  const way = await access.routes.of(connection, request.url, context, patience)
  if (!way.ok) return notReady(way.outcome)
  const ready: Ready = { route: way.route, token: null, failed: null, trace: emptyTrace() }
  if (auth.kind !== 'oauth2' || !usesToken(request)) return ready
  onPhase?.('token')
  const asked = renderTokenRequest(settings, auth, context)
  const toServer = await access.routes.of(connection, asked.url, context, patience)
  if (!toServer.ok) return notReady(toServer.outcome)
  const wish = { providerId, request: asked, timeouts, route: toServer.route }
  const got = await access.tokens.get(wish, input.test, stop)
  if (!got.ok) return stop.cancelled ? ready : notReady(got.outcome)
  return { ...ready, token: { wish, token: got.token, kept: got.kept } }
}

/** The user's own Authorization header takes the place of the token. */
function usesToken({ recorded }: RenderedRequest): boolean {
  return recorded.headers.some(({ value }) =>
    value.some((part) => typeof part !== 'string' && part.secret === accessTokenName),
  )
}

function notReady(outcome: AttemptOutcome): Ready {
  return { route: undefined, token: null, failed: outcome, trace: emptyTrace() }
}
