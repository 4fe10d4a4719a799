import { describe, expect, test } from 'vitest'
import { closedBreaker } from '#shared/failover/breaker.ts'
import { defaultPolicies, type BreakerView, type GroupMember, type Policies } from '#shared/group.ts'
import {
  beginRehearsal,
  membersNow,
  membersOf,
  outcomeOf,
  step,
  wait,
  type Behaviours,
  withoutSecret,
  type RehearsalState,
} from '../../../renderer/features/groups/rehearse/rehearsal.ts'
import {
  breakerChange,
  endWords,
  skipWords,
  whyWords,
} from '../../../renderer/features/groups/rehearse/rehearse-words.ts'

const start = Date.UTC(2026, 0, 5, 9)
const { window: _window, probeSince: _probe, ...closedView } = closedBreaker

const member = (providerId: string, more: Partial<GroupMember> = {}): GroupMember => ({
  providerId,
  name: providerId,
  kind: 'generic',
  simulated: false,
  state: 'ready',
  attention: null,
  breaker: closedView,
  ...more,
})
const three = [member('Twilio'), member('Vonage'), member('Plivo')]
const begin = (members = three, asTheyAre = true) => beginRehearsal(membersOf(members, asTheyAre), start)
const policies = (more: Partial<Policies> = {}): Policies => ({ ...defaultPolicies, ...more })

function outcome(state: RehearsalState, behaviours: Behaviours, rules = policies()) {
  if (!state.run) throw new Error('no message is on its way')
  return outcomeOf(state.run, rules, behaviours)
}

/** Steps until the message is done with. */
function send(state: RehearsalState, behaviours: Behaviours, rules = policies()): RehearsalState {
  let next = step(state, rules, behaviours)
  while (next.run && !next.run.ended) next = step(next, rules, behaviours)
  return next
}
const tried = (state: RehearsalState, behaviours: Behaviours) =>
  outcome(state, behaviours).attempts.map(
    ({ providerId, outcome: { class: found } }) => `${providerId} ${found}`,
  )

describe('a message whose receipt does not come', () => {
  const waits = policies({ noReceiptMinutes: 5 })
  const none: Behaviours = { Twilio: 'no_receipt', Vonage: 'no_receipt', Plivo: 'no_receipt' }

  test('goes on after the wait, and ends undelivered after the last provider', () => {
    const first = step(begin(), waits, none)
    expect(first.now - start).toBe(300_200)
    const ended = send(begin(), none, waits)
    const whole = outcome(ended, none, waits)
    expect(whole.attempts.map(({ providerId }) => providerId)).toEqual(['Twilio', 'Vonage', 'Plivo'])
    expect(ended.now - start).toBe(900_600)
    const nameOf = (id: string) => id
    expect(endWords(whole, nameOf)).toMatchObject({ tone: 'bad', title: 'Undelivered' })
    expect(whyWords(whole.attempts[0]!, false, waits)).toBe(
      'It took the message, but no delivery receipt comes within 5 min, so it counts as undelivered: the next provider is tried.',
    )
  })

  test('stays with the first where the group waits for none', () => {
    const whole = outcome(send(begin(), none), none)
    expect(whole.attempts).toHaveLength(1)
    expect(whyWords(whole.attempts[0]!, true, policies())).toContain('this group waits for none')
  })
})

describe('a message', () => {
  test('goes down the list step by step, until one accepts', () => {
    const behaviours: Behaviours = { Twilio: 'down', Vonage: 'times_out' }
    const first = step(begin(), policies(), behaviours)
    expect(first.run).toMatchObject({ number: 1, shown: 1, ended: false })
    expect(first.now - start).toBe(5)
    const second = step(first, policies(), behaviours)
    expect(second.run).toMatchObject({ shown: 2, ended: false })
    expect(second.now - start).toBe(10_005)
    const third = step(second, policies(), behaviours)
    expect(third.run).toMatchObject({ shown: 3, ended: true })
    expect(tried(third, behaviours)).toEqual(['Twilio unavailable', 'Vonage unknown', 'Plivo accepted'])
    expect(endWords(outcome(third, behaviours), (id) => id)).toEqual({
      tone: 'good',
      title: 'Accepted by Plivo',
      text: 'Plivo took it after 3 attempts and 10.2 s. It may arrive twice.',
    })
  })

  test('is not changed by what is chosen after an attempt was shown', () => {
    const first = step(begin(), policies(), { Twilio: 'down' })
    const changed: Behaviours = { Twilio: 'accepts', Vonage: 'bad_credentials' }
    const whole = send(first, changed)
    expect(tried(whole, changed)).toEqual(['Twilio unavailable', 'Vonage misconfigured', 'Plivo accepted'])
  })

  test('shows the breakers as they are at each step, not as they will be', () => {
    const behaviours: Behaviours = { Twilio: 'server_error', Vonage: 'server_error' }
    const first = step(begin(), policies(), behaviours)
    const failures = membersNow(first, outcome(first, behaviours)).map(({ breaker }) => breaker.failuresInRow)
    expect(failures).toEqual([1, 0, 0])
  })

  test('is held or moves on as the group asks', () => {
    const behaviours: Behaviours = { Twilio: 'times_out', Vonage: 'invalid_number' }
    const held = policies({ onUnknown: 'hold' })
    const state = send(begin(), behaviours, held)
    const { attempts, end } = outcome(state, behaviours, held)
    expect(end.because).toBe('held')
    expect(whyWords(attempts[0]!, true, held)).toBe(
      'Nobody knows whether it was taken. This group holds: no other provider is tried.',
    )
    const refused = outcome(send(begin(), behaviours), behaviours)
    expect(refused.end.because).toBe('rejected')
    const on = policies({ onRejected: 'move_on' })
    expect(outcome(send(begin(), behaviours, on), behaviours, on).end.because).toBe('accepted')
  })
})

describe('several messages in a row', () => {
  const behaviours: Behaviours = { Twilio: 'down' }

  test('open a circuit breaker, which is skipped then, and tried again when its time is over', () => {
    let state = begin()
    for (let number = 1; number <= 5; number += 1) state = send(state, behaviours)
    const [fifth] = outcome(state, behaviours).attempts
    expect(breakerChange(fifth!, state.run?.startedAt ?? 0)).toEqual([
      'closed, 4 failures in a row',
      'open for 30 s',
    ])
    state = send(state, behaviours)
    expect(tried(state, behaviours)).toEqual(['Vonage accepted'])
    const [skipped] = outcome(state, behaviours).attempts[0]!.decision.skipped
    expect(skipWords(skipped!, state.run?.startedAt ?? 0)).toMatch(
      /^its circuit breaker is open for another \d+ s$/,
    )
    state = send(wait(state, 30_000), {})
    expect(outcome(state, {}).attempts[0]).toMatchObject({
      providerId: 'Twilio',
      decision: { probe: { state: 'half_open' } },
    })
    expect(state.earlier.map(({ run }) => run.number)).toEqual([6, 5, 4, 3, 2, 1])
  })

  test('remember who needs attention', () => {
    const bad: Behaviours = { Twilio: 'bad_credentials' }
    const state = send(send(begin(), bad), bad)
    expect(outcome(state, bad).attempts[0]?.decision.skipped).toMatchObject([
      { providerId: 'Twilio', reason: 'needs_attention' },
    ])
  })

  test('do not let time pass within a message', () => {
    const state = step(begin(), policies(), behaviours)
    expect(wait(state, 30_000)).toBe(state)
  })
})

describe('members begin', () => {
  const open: BreakerView = { ...closedView, state: 'open', openings: 2, openUntil: start + 60_000 }
  const members = [
    member('Open', { breaker: open }),
    member('Flagged', { state: 'needs_attention' }),
    member('Gone', { state: 'archived' }),
    member('Well'),
  ]
  const reasons = (state: RehearsalState) =>
    outcome(state, {}).attempts[0]?.decision.skipped.map(({ reason }) => reason)

  test('with their real state', () => {
    expect(reasons(send(begin(members), {}))).toEqual(['breaker_open', 'needs_attention', 'archived'])
  })

  test('all of them well where that is asked for, and archived ones archived all the same', () => {
    const [first, ...others] = membersOf(members, false)
    expect(first).toMatchObject({ breaker: closedBreaker, needsAttention: false })
    expect(others.map(({ gone }) => gone)).toEqual([null, 'archived', null])
  })

  test('and when none is fit, one that needs attention is tried all the same', () => {
    const state = send(begin([member('Flagged', { state: 'needs_attention' })]), {})
    expect(outcome(state, {}).attempts[0]?.decision.lastResort).toBe(true)
  })

  test('and a group of archived ones fails without an attempt', () => {
    const state = send(begin([member('Gone', { state: 'archived' })]), {})
    expect(state.run?.ended).toBe(true)
    expect(endWords(outcome(state, {}), (id) => id)).toMatchObject({ text: 'No provider could be tried.' })
  })
})

test('a member whose secret is missing is tried, fails on this machine and is skipped from then on', () => {
  const bare = member('Twilio', { state: 'secrets_missing' })
  const behaviours = withoutSecret([bare, member('Vonage')], true)
  const first = send(begin([bare, member('Vonage')]), behaviours)
  expect(tried(first, behaviours)).toEqual(['Twilio misconfigured', 'Vonage accepted'])
  expect(outcome(first, behaviours).attempts[0]).toMatchObject({
    outcome: { code: 'secret_missing' },
    bytesOut: false,
  })
  expect(tried(send(first, behaviours), behaviours)).toEqual(['Vonage accepted'])
  // A message has flagged it already.
  const flagged = { ...bare, attention: 'A secret has no value' }
  expect(tried(send(begin([flagged, member('Vonage')]), behaviours), behaviours)).toEqual(['Vonage accepted'])
  expect(withoutSecret([bare], false)).toEqual({})
})
