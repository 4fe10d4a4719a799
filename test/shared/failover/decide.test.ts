import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { admit, closedBreaker, hear, type Breaker } from '#shared/failover/breaker.ts'
import { decide, stopAfter, type Member, type Tried } from '#shared/failover/decide.ts'
import { defaultPolicies } from '#shared/group.ts'
import { outcomeClasses, type OutcomeClass } from '#shared/outcome.ts'

const now = 1_700_000_000_000
const open: Breaker = { ...closedBreaker, state: 'open', openings: 1, openUntil: now + 10_000 }
const due: Breaker = { ...open, openUntil: now }

const member = (providerId: string, more: Partial<Member> = {}): Member => ({
  providerId,
  gone: null,
  needsAttention: false,
  breaker: closedBreaker,
  ...more,
})
const tried = (providerId: string, outcome: OutcomeClass, lastResort = false): Tried => ({
  providerId,
  class: outcome,
  lastResort,
})
const three = [member('a'), member('b'), member('c')]

describe('which member comes next', () => {
  it('begins with the first', () => {
    expect(decide(three, defaultPolicies, [], now)).toEqual({
      kind: 'try',
      providerId: 'a',
      skipped: [],
      probe: null,
      mayArriveTwice: false,
      lastResort: false,
    })
  })

  it.each([
    ['accepted', 'accepted'],
    ['cancelled', 'cancelled'],
    ['rejected', 'rejected'],
  ] as const)('stops after %s', (outcome, because) => {
    expect(decide(three, defaultPolicies, [tried('a', outcome)], now)).toMatchObject({
      kind: 'stop',
      because,
    })
  })

  it.each(['unavailable', 'misconfigured', 'unknown'] as const)('moves on after %s', (outcome) => {
    expect(decide(three, defaultPolicies, [tried('a', outcome)], now)).toMatchObject({
      kind: 'try',
      providerId: 'b',
      mayArriveTwice: outcome === 'unknown',
    })
  })

  it('holds or moves on as the group asks', () => {
    const held = { ...defaultPolicies, onUnknown: 'hold' as const }
    const on = { ...defaultPolicies, onRejected: 'move_on' as const }
    expect(decide(three, held, [tried('a', 'unknown')], now)).toMatchObject({ because: 'held' })
    expect(decide(three, on, [tried('a', 'rejected')], now)).toMatchObject({ providerId: 'b' })
  })

  it('says why each better member was left out', () => {
    const members = [
      member('a', { gone: 'archived' }),
      member('b', { needsAttention: true }),
      member('c', { breaker: open }),
      member('d', { breaker: { ...closedBreaker, throttledUntil: now + 5 } }),
      member('e', { breaker: { ...due, state: 'half_open', openUntil: null, probeSince: now - 1 } }),
      member('f'),
    ]
    expect(decide(members, defaultPolicies, [], now)).toMatchObject({
      providerId: 'f',
      skipped: [
        { providerId: 'a', reason: 'archived', until: null },
        { providerId: 'b', reason: 'needs_attention', until: null },
        { providerId: 'c', reason: 'breaker_open', until: now + 10_000 },
        { providerId: 'd', reason: 'throttled', until: now + 5 },
        { providerId: 'e', reason: 'probing', until: null },
      ],
    })
  })

  it('sends a probe when a breaker has been open long enough, and no second one meanwhile', () => {
    const decision = decide([member('a', { breaker: due }), member('b')], defaultPolicies, [], now)
    expect(decision).toMatchObject({ kind: 'try', providerId: 'a', probe: { state: 'half_open' } })
    const begun = decision.kind === 'try' && decision.probe
    if (!begun) throw new Error('no probe')
    expect(decide([member('a', { breaker: begun }), member('b')], defaultPolicies, [], now)).toMatchObject({
      providerId: 'b',
      skipped: [{ providerId: 'a', reason: 'probing' }],
    })
  })

  it('does not ask breakers where the group has them off', () => {
    const members = [member('a', { breaker: open }), member('b')]
    expect(decide(members, { ...defaultPolicies, breaker: false }, [], now)).toMatchObject({
      providerId: 'a',
    })
  })

  it('tries all in order when none is fit, but for those that are gone', () => {
    const members = [
      member('a', { breaker: open }),
      member('b', { gone: 'deleted' }),
      member('c', { breaker: open }),
    ]
    const first = decide(members, defaultPolicies, [], now)
    expect(first).toMatchObject({ kind: 'try', providerId: 'a', lastResort: true })
    const second = decide(members, defaultPolicies, [tried('a', 'unavailable', true)], now)
    expect(second).toMatchObject({ kind: 'try', providerId: 'c', lastResort: true })
    const both = [tried('a', 'unavailable', true), tried('c', 'unavailable', true)]
    expect(decide(members, defaultPolicies, both, now)).toMatchObject({ kind: 'stop', because: 'exhausted' })
  })

  it('leaves an unfit member out once a fit one was tried', () => {
    const members = [member('a', { breaker: open }), member('b')]
    expect(decide(members, defaultPolicies, [tried('b', 'unavailable')], now)).toMatchObject({
      kind: 'stop',
      because: 'exhausted',
    })
  })
})

const anyBreaker = fc.constantFrom(
  closedBreaker,
  open,
  due,
  { ...closedBreaker, throttledUntil: now + 1000 },
  { ...due, state: 'half_open' as const, openUntil: null, probeSince: now },
)
const anyMembers = fc
  .array(
    fc.record({
      gone: fc.option(fc.constantFrom('archived' as const, 'deleted' as const), { nil: null, freq: 4 }),
      needsAttention: fc.boolean(),
      breaker: anyBreaker,
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((list) => list.map((one, index) => member(`p${index}`, one)))
const anyPolicies = fc.record({
  onUnknown: fc.constantFrom('move_on' as const, 'hold' as const),
  onRejected: fc.constantFrom('stop' as const, 'move_on' as const),
  breaker: fc.boolean(),
})

/** A whole round, with breakers that hear of each attempt; stops after twenty steps at the latest. */
function round(members: Member[], policies: Parameters<typeof decide>[1], outcomes: OutcomeClass[]) {
  const attempts: Tried[] = []
  let current = members
  for (let step = 0; step < 20; step += 1) {
    const decision = decide(current, policies, attempts, now)
    if (decision.kind === 'stop') return { attempts, because: decision.because }
    const outcome = outcomes[step % outcomes.length] ?? 'unavailable'
    attempts.push({ providerId: decision.providerId, class: outcome, lastResort: decision.lastResort })
    current = current.map((one) => {
      if (one.providerId !== decision.providerId) return one
      const begun = decision.probe ?? one.breaker
      return { ...one, breaker: hear(begun, { class: outcome, code: 'server_error' }, now, 0.5) }
    })
  }
  return { attempts, because: 'never' as const }
}

/** The same told from the other end: who is fit is found at the beginning, and then walked through. */
function twin(members: Member[], policies: Parameters<typeof decide>[1], outcomes: OutcomeClass[]) {
  const fit = members.filter(
    (one) =>
      one.gone === null &&
      !one.needsAttention &&
      (!policies.breaker || admit(one.breaker, now).kind !== 'wait'),
  )
  const order = fit.length > 0 ? fit : members.filter((one) => one.gone === null)
  const walked: string[] = []
  for (const [index, { providerId }] of order.entries()) {
    walked.push(providerId)
    const outcome = outcomes[index % outcomes.length] ?? 'unavailable'
    if (stopAfter(outcome, policies) !== null) break
  }
  return walked
}

describe('any round', () => {
  it('ends, tries nobody twice, accepts once, and goes as its twin does', () => {
    const outcomes = fc.array(fc.constantFrom(...outcomeClasses), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(anyMembers, anyPolicies, outcomes, (members, policies, list) => {
        const { attempts, because } = round(members, policies, list)
        expect(because).not.toBe('never')
        const ids = attempts.map(({ providerId }) => providerId)
        expect(new Set(ids).size).toBe(ids.length)
        expect(attempts.filter((one) => one.class === 'accepted').length).toBeLessThanOrEqual(1)
        expect(ids).toEqual(twin(members, policies, list))
        for (const id of ids) expect(members.find((one) => one.providerId === id)?.gone).toBeNull()
      }),
      { numRuns: 2000 },
    )
  })
})
