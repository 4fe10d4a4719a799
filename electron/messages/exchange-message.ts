import type { AttemptOutcome } from '#shared/outcome.ts'
import type { SendPhase } from '#shared/send-input.ts'
import { verdictOf } from '#shared/verdict.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { Access } from '../sending/access/access.ts'
import type { Cancellation } from '../sending/cancellation.ts'
import { classifyAnswer } from '../sending/answer/classify-answer.ts'
import { classifyFailure } from '../sending/classify.ts'
import { emptyTrace, type ExchangeTrace } from '../sending/exchange.ts'
import type { Outgoing, Sent } from '../sending/outgoing.ts'
import type { Leave } from '../sending/access/places.ts'
import { proxyRefusal } from '../sending/access/route.ts'
import type { TokenWish } from '../sending/access/tokens.ts'
import { takeTurn, type Ready } from './get-ready.ts'
import { isCurrent, type Prepared } from './prepare.ts'
import type { Rendered } from './render-message.ts'
import { renderReady } from './render-ready.ts'
import type { Result } from './write-result.ts'

/** A message on its way out. */
export interface Leaving {
  prepared: Prepared
  rendered: Rendered
  stop: Cancellation
  onPhase: ((phase: SendPhase) => void) | undefined
  /** Null where nothing but its request is needed. */
  ready: Ready | null
  /** Its place among those on their way to the provider, if it needs one. */
  seat: Seat
}

/** What one message holds; it has one place at most at any time. */
export interface Seat {
  leave: Leave | null
}

export interface ExchangeParts {
  stores: StoreHandle
  outgoing: Outgoing
  access: Access
  userAgent: string
}

/** Sends a message's request, whose attempt is written down by now, and reads what came of it. */
export async function exchangeMessage(parts: ExchangeParts, leaving: Leaving): Promise<Result> {
  const { rendered, ready, prepared, stop, onPhase } = leaving
  if (!rendered.ok) return failed(rendered.outcome, emptyTrace())
  if (ready?.failed) return failed(ready.failed, ready.trace)
  const { settings, input } = prepared
  const { url } = rendered.request
  const sent = await parts.outgoing.send(rendered.request, {
    timeouts: settings.timeouts,
    fresh: input.test,
    route: ready?.route,
    cancellation: stop,
    onPhase,
  })
  const result = resultOf(leaving, url, sent)
  const token = ready?.token
  if (!token || result.answer?.status !== 401 || result.outcome.class === 'accepted') return result
  parts.access.tokens.drop(token.wish, token.token)
  // A kept token that is refused may have been revoked. The message was surely not taken, unless the settings say that
  // this answer means something else.
  return token.kept && result.outcome.code === 'unauthorized'
    ? withFreshToken(parts, leaving, token.wish, result)
    : result
}

function resultOf({ prepared, ready }: Leaving, url: URL, sent: Sent): Result {
  const proxy = ready?.route?.proxy
  if (!sent.ok) {
    const outcome = classifyFailure(sent.error, url.host, sent.trace)
    if (proxy) outcome.facts.proxy = proxy.label
    return failed(outcome, sent.trace)
  }
  const { answer, trace } = sent
  const refusal = proxy && proxyRefusal(ready?.route, url, answer.status)
  if (refusal) return { ...failed(refusal, trace), answer }
  const { outcome, judgement } = classifyAnswer(prepared.settings, url.host, answer)
  if (proxy) outcome.facts.proxy = proxy.label
  return { outcome, trace, answer, providerMessageId: judgement.messageId }
}

function failed(outcome: AttemptOutcome, trace: ExchangeTrace): Result {
  return { outcome, trace, answer: null, providerMessageId: '' }
}

/** Once more within the same attempt; where no other token can be had, the refusal stands. */
async function withFreshToken(
  parts: ExchangeParts,
  leaving: Leaving,
  wish: TokenWish,
  refused: Result,
): Promise<Result> {
  const { prepared, stop, onPhase, ready } = leaving
  onPhase?.('token')
  const fresh = await parts.access.tokens.get(wish, prepared.input.test, stop)
  if (stop.cancelled) return cancelledAfter(refused)
  if (!fresh.ok) {
    const { title, cause } = verdictOf(fresh.outcome)
    const facts = { ...refused.outcome.facts, reason: `${title}. ${cause}` }
    return { ...refused, outcome: { ...refused.outcome, facts } }
  }
  const turn = takeTurn(parts.access, leaving, true)
  if (turn) {
    onPhase?.('queued')
    await turn
    if (stop.cancelled) return cancelledAfter(refused)
    // The attempt is that of the settings as they were.
    if (!parts.stores.store.read((db) => isCurrent(db, prepared))) return refused
  }
  const rendered = renderReady(prepared, parts.userAgent, ready?.route, fresh.token)
  const inUse = { wish, token: fresh.token, kept: false }
  const second = { ...leaving, rendered, ready: ready && { ...ready, token: inUse } }
  leaving.ready = second.ready
  const result = await exchangeMessage(parts, second)
  if (result.outcome.class === 'cancelled') return cancelledAfter(refused)
  result.outcome.facts.tokenRenewed = true
  return result
}

/** The message was refused, and stopped before it went out again: it was surely not taken, and nothing needs mending. */
function cancelledAfter(refused: Result): Result {
  const { host, status, proxy } = refused.outcome.facts
  const facts = { host, status, ...(proxy !== undefined && { proxy }) } as AttemptOutcome['facts']
  return { ...refused, outcome: { class: 'cancelled', code: 'cancelled_before_sending', facts } }
}
