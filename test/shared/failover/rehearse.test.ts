import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closedBreaker } from '#shared/failover/breaker.ts'
import type { Member } from '#shared/failover/decide.ts'
import { behaviours, rehearse, type Behaviour } from '#shared/failover/rehearse.ts'
import { defaultPolicies, type Policies } from '#shared/group.ts'

const now = 1_700_000_000_000
const members = (count: number): Member[] =>
  Array.from({ length: count }, (_, index) => ({
    providerId: `p${index}`,
    gone: null,
    needsAttention: false,
    breaker: closedBreaker,
  }))
const run = (list: Behaviour[], policies: Partial<Policies> = {}) =>
  rehearse(
    members(list.length),
    { ...defaultPolicies, ...policies },
    (id) => list[Number(id.slice(1))] ?? 'accepts',
    { now },
  )

describe('a rehearsal', () => {
  it('walks down the list until a member accepts', () => {
    const { attempts, end } = run(['down', 'times_out', 'accepts', 'accepts'])
    expect(attempts.map(({ providerId, outcome }) => [providerId, outcome.class])).toEqual([
      ['p0', 'unavailable'],
      ['p1', 'unknown'],
      ['p2', 'accepted'],
    ])
    expect(end).toMatchObject({ because: 'accepted' })
    expect(attempts[1]).toMatchObject({ startedAt: 5, finishedAt: 10_005, bytesOut: true })
    expect(attempts[2]?.decision.mayArriveTwice).toBe(true)
  })

  it('holds a message that may have been taken where the group asks for it', () => {
    expect(run(['server_error', 'accepts'], { onUnknown: 'hold' })).toMatchObject({
      attempts: [{ providerId: 'p0' }],
      end: { because: 'held' },
    })
  })

  it('does not send an invalid number on, unless the group asks for it', () => {
    expect(run(['invalid_number', 'accepts']).end).toMatchObject({ because: 'rejected' })
    expect(run(['invalid_number', 'accepts'], { onRejected: 'move_on' }).end).toMatchObject({
      because: 'accepted',
    })
  })

  it('leaves a member with wrong credentials out of the next message', () => {
    const first = run(['bad_credentials', 'accepts'])
    const next = rehearse(first.members, defaultPolicies, () => 'accepts', { now })
    expect(next.attempts).toMatchObject([
      { providerId: 'p1', decision: { skipped: [{ providerId: 'p0', reason: 'needs_attention' }] } },
    ])
  })

  it('opens a breaker with the fifth message that a member fails', () => {
    let current = members(2)
    for (let message = 1; message <= 5; message += 1) {
      const done = rehearse(current, defaultPolicies, (id) => (id === 'p0' ? 'down' : 'accepts'), { now })
      expect(done.attempts).toHaveLength(2)
      expect(done.attempts[0]?.breakerAfter.state).toBe(message < 5 ? 'closed' : 'open')
      current = done.members
    }
    const sixth = rehearse(current, defaultPolicies, () => 'accepts', { now })
    expect(sixth.attempts).toMatchObject([
      { providerId: 'p1', decision: { skipped: [{ reason: 'breaker_open' }] } },
    ])
  })

  it('goes on after the wait where no receipt comes, if the group waits for one', () => {
    const waits = { noReceiptMinutes: 5 }
    const { attempts, end } = run(['no_receipt', 'accepts'], waits)
    expect(attempts).toMatchObject([
      { outcome: { class: 'accepted' }, finishedAt: 200, waitedMs: 300_000 },
      { startedAt: 300_200, waitedMs: 0, decision: { mayArriveTwice: true } },
    ])
    expect(end.because).toBe('accepted')
    expect(run(['no_receipt', 'down'], waits).end.because).toBe('exhausted')
    expect(run(['no_receipt', 'accepts'])).toMatchObject({
      attempts: [{ providerId: 'p0', waitedMs: 0 }],
      end: { because: 'accepted' },
    })
  })

  it('always ends, whatever the members do, with no member twice and one acceptance at most', () => {
    const list = fc.array(fc.constantFrom(...behaviours), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(list, (chosen) => {
        const { attempts, end } = run(chosen)
        const ids = attempts.map(({ providerId }) => providerId)
        expect(new Set(ids).size).toBe(ids.length)
        const accepted = attempts.filter(({ outcome }) => outcome.class === 'accepted')
        expect(accepted.length).toBe(end.because === 'accepted' ? 1 : 0)
      }),
    )
  })
})
