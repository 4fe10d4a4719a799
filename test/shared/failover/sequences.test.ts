import fc from 'fast-check'
import { expect, it } from 'vitest'
import { admit, breakerLimits, closedBreaker, hear, type Breaker } from '#shared/failover/breaker.ts'
import { decide, type Member, type Tried } from '#shared/failover/decide.ts'
import type { Policies } from '#shared/group.ts'
import { outcomeClasses, type OutcomeCode } from '#shared/outcome.ts'
import { twinProvider, twinRound, type TwinAnswer } from '../../helpers/failover-twin.ts'

const numRuns = process.env['SOAK'] ? 100_000 : 1000
const start = 1_700_000_000_000
/** No jitter: the twin rolls none. */
const middle = 0.5

const answers = fc.record({
  class: fc.constantFrom(...outcomeClasses),
  isLimited: fc.boolean(),
  retryAfterSeconds: fc.option(fc.integer({ min: 0, max: 5000 }), { nil: undefined }),
  noReceipt: fc.boolean(),
})
const anyAnswer: fc.Arbitrary<TwinAnswer> = answers.map(({ isLimited, ...answer }) => {
  const code: OutcomeCode = answer.class === 'unavailable' && isLimited ? 'rate_limited' : 'server_error'
  return { ...answer, code }
})
const anyPolicies: fc.Arbitrary<Policies> = fc.record({
  onUnknown: fc.constantFrom('move_on' as const, 'hold' as const),
  onRejected: fc.constantFrom('stop' as const, 'move_on' as const),
  breaker: fc.boolean(),
  noReceiptMinutes: fc.option(fc.integer({ min: 1, max: 30 }), { nil: null }),
})
const anyGroup = fc.array(
  fc.record({ gone: fc.boolean(), needsAttention: fc.boolean(), mended: fc.boolean() }),
  { minLength: 1, maxLength: 10 },
)
/** Messages one after the other, so that what one leaves behind meets the next. */
const anyMessages = fc
  .constantFrom(
    { min: 0, max: 2000 },
    { min: 2000, max: 3000 },
    { min: 4500, max: 5500 },
    { min: 0, max: 700_000 },
  )
  .chain((gap) =>
    fc.array(
      fc.record({
        answers: fc.array(anyAnswer, { minLength: 1, maxLength: 10 }),
        gapMs: fc.integer(gap),
        stepMs: fc.oneof(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 15_000 })),
      }),
      { minLength: 1, maxLength: 30 },
    ),
  )

interface Attempt extends Tried {
  mayArriveTwice: boolean
}

/** What the sender does, on values. */
function round(
  members: Member[],
  policies: Policies,
  list: TwinAnswer[],
  startedAt: number,
  stepMs: number,
): { attempts: Attempt[]; members: Member[]; endedAt: number } {
  const attempts: Attempt[] = []
  let [current, now] = [members, startedAt]
  for (let step = 0; step <= members.length; step += 1) {
    const decision = decide(current, policies, attempts, now)
    if (decision.kind === 'stop') return { attempts, members: current, endedAt: now }
    const { providerId, lastResort, mayArriveTwice, probe } = decision
    const answer = list[step % list.length]!
    now += stepMs
    const noReceipt = answer.class === 'accepted' && answer.noReceipt && policies.noReceiptMinutes !== null
    attempts.push({ providerId, class: answer.class, lastResort, noReceipt, mayArriveTwice })
    current = current.map((one) => {
      if (one.providerId !== providerId) return one
      const breaker = hear(probe ?? one.breaker, answer, now, middle)
      expectSound(breaker, now)
      return { ...one, breaker, needsAttention: one.needsAttention || answer.class === 'misconfigured' }
    })
    if (noReceipt) now += policies.noReceiptMinutes! * 60_000
  }
  throw new Error('a message did not end')
}

function expectSound(breaker: Breaker, now: number): void {
  expect(breaker.state === 'open').toBe(breaker.openUntil !== null)
  if (breaker.openUntil !== null)
    expect(breaker.openUntil - now).toBeLessThanOrEqual(breakerLimits.longestOpenMs)
  expect(breaker.goodProbes).toBeLessThan(breakerLimits.goodProbes)
  expect(breaker.probeSince).toBeNull()
  if (breaker.state === 'closed') expect(breaker.failuresInRow).toBeLessThan(breakerLimits.inARow)
  expect(admit(breaker, now + breakerLimits.longestThrottleMs).kind).not.toBe('wait')
}

/** What holds of every message, whatever the twin says. */
function expectFair(attempts: Attempt[], policies: Policies): void {
  const ids = attempts.map(({ providerId }) => providerId)
  expect(new Set(ids).size).toBe(ids.length)
  const accepted = attempts.filter((one) => one.class === 'accepted')
  if (policies.noReceiptMinutes === null) expect(accepted.length).toBeLessThanOrEqual(1)
  // All that were accepted but the last had no receipt, and nothing comes after one that stays accepted.
  for (const one of attempts.slice(0, -1)) if (one.class === 'accepted') expect(one.noReceipt).toBe(true)
  for (const [index, one] of attempts.entries()) {
    const before = attempts.slice(0, index)
    const mayBeThere = before.some((earlier) => earlier.class === 'unknown' || earlier.class === 'accepted')
    expect(one.mayArriveTwice).toBe(mayBeThere)
  }
}

it(
  'any messages through any group end, accept once, try nobody twice, and go as the twin’s do',
  () => {
    fc.assert(
      fc.property(anyGroup, anyPolicies, anyMessages, (group, policies, messages) => {
        let members: Member[] = group.map(({ gone, needsAttention }, index) => ({
          providerId: `p${index}`,
          gone: gone ? ('archived' as const) : null,
          needsAttention,
          breaker: closedBreaker,
        }))
        const twins = group.map((one, index) => twinProvider(`p${index}`, one.gone, one.needsAttention))
        let now = start
        for (const message of messages) {
          now += message.gapMs
          const done = round(members, policies, message.answers, now, message.stepMs)
          const expected = twinRound(twins, policies, message.answers, now, message.stepMs)
          expect(
            done.attempts.map(({ providerId, lastResort, mayArriveTwice }) => [
              providerId,
              lastResort,
              mayArriveTwice,
            ]),
          ).toEqual(expected.map((one) => [one.id, one.lastResort, one.mayArriveTwice]))
          expectFair(done.attempts, policies)
          // Some are mended before the next message comes.
          members = done.members.map((one, index) =>
            group[index]?.mended ? { ...one, needsAttention: false } : one,
          )
          for (const [index, twin] of twins.entries()) if (group[index]?.mended) twin.needsAttention = false
          now = done.endedAt
        }
      }),
      { numRuns },
    )
  },
  numRuns * 50,
)
