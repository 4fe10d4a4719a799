import type { AttemptOutcome } from '#shared/outcome.ts'
import { verdictOf } from '#shared/verdict.ts'
import type { Cancellation } from '../cancellation.ts'
import { classifyFailure } from '../classify.ts'
import type { ExchangeAnswer, ExchangeTrace } from '../exchange.ts'
import type { Outgoing } from '../outgoing.ts'
import { proxyRefusal } from './route.ts'
import type { TokenMemory } from './token-memory.ts'
import { readTokenAnswer, type TokenGrant } from './token-answer.ts'
import { tokensIn } from './tokens-in.ts'
import type { TokenWish } from './tokens.ts'

/** One request for a token, and all that came of it. */
export interface TokenFetch {
  /** `accepted` when a token came. */
  outcome: AttemptOutcome
  grant: TokenGrant | null
  answer: ExchangeAnswer | null
  trace: ExchangeTrace
}

export async function fetchToken(
  outgoing: Outgoing,
  { request, timeouts, route }: TokenWish,
  memory: TokenMemory,
  cancellation?: Cancellation,
): Promise<TokenFetch> {
  const { host } = request.url
  const sent = await outgoing.send(request, { timeouts, route, fresh: true, cancellation })
  const { trace } = sent
  const proxy = route?.proxy ? { proxy: route.proxy.label } : {}
  if (!sent.ok) {
    const failed = classifyFailure(sent.error, host, trace)
    const facts = { ...proxy, ...failed.facts }
    return { outcome: withoutToken({ ...failed, facts }), grant: null, answer: null, trace }
  }
  const { answer } = sent
  const reading = readTokenAnswer(host, answer)
  const lifetime = reading.ok ? reading.grant.expiresInSeconds : null
  memory.learn(tokensIn(answer.body.toString('utf8'), answer.status), lifetime)
  const refusal = proxyRefusal(route, request.url, answer.status)
  if (refusal) return { outcome: refusal, grant: null, answer, trace }
  if (!reading.ok) {
    const { outcome } = reading
    return { outcome: { ...outcome, facts: { ...proxy, ...outcome.facts } }, grant: null, answer, trace }
  }
  const { grant } = reading
  const outcome: AttemptOutcome = {
    class: 'accepted',
    code: 'accepted',
    facts: { host, status: answer.status, ...proxy },
  }
  return { outcome, grant, answer, trace }
}

/** No message has gone out yet, so an exchange of unknown end is no reason to fear that one may arrive. */
function withoutToken(failed: AttemptOutcome): AttemptOutcome {
  if (failed.class === 'misconfigured') return failed
  if (failed.code === 'cancelled_before_sending' || failed.code === 'cancelled_after_sending') {
    return { class: 'cancelled', code: 'cancelled_before_sending', facts: failed.facts }
  }
  const { title, cause } = verdictOf(failed)
  const reason = `${title}. ${cause}`.replace(/\.$/, '')
  return { class: 'unavailable', code: 'token_unavailable', facts: { ...failed.facts, reason } }
}
