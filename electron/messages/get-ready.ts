import type { AttemptOutcome } from '#shared/outcome.ts'
import type { Access } from '../sending/access/access.ts'
import { emptyTrace, type ExchangeTrace } from '../sending/exchange.ts'
import type { RenderedRequest } from '../sending/render/render.ts'
import { accessTokenName } from '../sending/render/render-template.ts'
import type { Route } from '../sending/access/route.ts'
import { renderTokenRequest } from '../sending/access/token-request.ts'
import type { GiveBack } from '../sending/access/turns.ts'
import type { TokenWish } from '../sending/access/tokens.ts'
import type { Leaving } from './exchange-message.ts'
import type { Prepared } from './prepare.ts'
import { contextOf, notRenderable, renderMessage } from './render-message.ts'
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
export function needsReadying(access: Access, leaving: Leaving): boolean {
  if (!leaving.rendered.ok) return false
  const { settings, providerId } = leaving.prepared
  if (settings.ratePerSecond !== null || needsWay(access, leaving)) return true
  return needsPlace(leaving) && access.places.isFull(providerId, settings.atOnce)
}

/** A test is not held back by what is sent besides. */
function needsPlace({ prepared, rendered }: Leaving): boolean {
  return rendered.ok && !prepared.input.test
}

/** For a message that `needsReadying` lets go at once. */
export function takePlace({ places }: Access, leaving: Leaving): void {
  const { providerId, settings } = leaving.prepared
  if (needsPlace(leaving)) leaving.seat.leave = places.enter(providerId, settings.atOnce)
}

/** Null when it has one already, or needs none. */
function comeForPlace(access: Access, leaving: Leaving): Promise<void> | null {
  const { providerId, settings } = leaving.prepared
  if (!needsPlace(leaving) || leaving.stop.cancelled) return null
  if (!access.places.isFull(providerId, settings.atOnce)) {
    takePlace(access, leaving)
    return null
  }
  const leave = access.places.wait(providerId, settings.atOnce, leaving.stop)
  return leave.then((given) => void (leaving.seat.leave = given))
}

function needsWay({ routes }: Access, { prepared, rendered }: Leaving): boolean {
  const { auth, connection } = prepared.settings
  return rendered.ok && (auth.kind === 'oauth2' || !routes.isDirect(connection, rendered.request.url))
}

/**
 * Waits for a place, finds the message's way, gets its token and then waits for its turn. Who has waited is prepared again, as everything
 * may have been edited meanwhile, and where that takes time gives the turn back and is the first to get another. A
 * failure is kept in `ready` for the attempt to end with; when it is cancelled meanwhile, the attempt finds that out
 * itself. Throws `vault_locked`, and what `prepareAgain` throws.
 */
export async function getReady(
  parts: ReadyParts,
  leaving: Leaving,
  prepareAgain: () => Prepared,
): Promise<void> {
  const { access, userAgent } = parts
  const { stop, onPhase } = leaving
  const place = comeForPlace(access, leaving)
  if (place) {
    await place
    if (stop.cancelled) return
    leaving.prepared = prepareAgain()
    leaving.rendered = renderMessage(leaving.prepared, userAgent)
  }
  for (let again = false; ; again = true) {
    const ready = needsWay(access, leaving) ? await findWayInTime(parts, leaving) : null
    leaving.ready = ready
    const turn = ready?.failed ? null : takeTurn(access, leaving, again)
    if (!turn) return
    onPhase?.('queued')
    const giveBack = await turn
    if (stop.cancelled) return
    const { version } = leaving.prepared
    try {
      leaving.prepared = prepareAgain()
    } catch (error) {
      giveBack()
      throw error
    }
    leaving.rendered = renderMessage(leaving.prepared, userAgent)
    if (leaving.prepared.version === version && !needsWay(access, leaving)) return
    giveBack()
  }
}

interface ReadyParts {
  access: Access
  userAgent: string
}

/** Null when the message may go at once, or goes nowhere. */
export function takeTurn(
  { turns }: Access,
  { prepared, rendered, stop }: Leaving,
  again: boolean,
): Promise<GiveBack> | null {
  const { settings, providerId, saved } = prepared
  if (settings.ratePerSecond === null || stop.cancelled || !rendered.ok) return null
  return turns.take(providerId, { perSecond: settings.ratePerSecond, draft: !saved, again }, stop)
}

async function findWayInTime(parts: ReadyParts, leaving: Leaving): Promise<Ready | null> {
  const { prepared, rendered } = leaving
  if (!rendered.ok || leaving.stop.cancelled) return null
  const startedAt = performance.now()
  let ready: Ready
  try {
    ready = await findWay(parts, leaving, rendered.request)
  } catch (error) {
    ready = notReady(notRenderable(error))
  }
  ready.trace.timings.total = Math.round((performance.now() - startedAt) * 1000) / 1000
  const { route, token } = ready
  if (token || route?.proxy) leaving.rendered = renderReady(prepared, parts.userAgent, route, token?.token)
  return ready
}

async function findWay(
  { access, userAgent }: ReadyParts,
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
