import { describe, expect, test } from 'vitest'
import type { Attempt, AttemptWhy } from '#shared/attempt.ts'
import type { MessageStory } from '#shared/message.ts'
import { afterWords, breakerWords, bytesWords, timeoutWords, whyWords } from '#shared/story/attempt-words.ts'
import { isUnknown, endWords } from '#shared/story/end-words.ts'
import { mayBeSettled, mayHaveArrived } from '#shared/story/settling.ts'
import { laterWords, spanWords } from '#shared/story/spans.ts'
import { storyText } from '#shared/story/story-text.ts'

const words = { nameOf: (id: string) => id.toUpperCase(), clock: (at: number) => `t${at}` }
const noWhy: AttemptWhy = {
  skipped: [],
  lastResort: false,
  mayArriveTwice: false,
  breaker: 'closed',
  probe: false,
}

function attempt(changes: Partial<Attempt> = {}): Attempt {
  return {
    id: 'm/1',
    position: 1,
    providerId: 'a',
    providerName: 'Alpha',
    startedAt: 1000,
    finishedAt: 1500,
    outcome: { class: 'unavailable', code: 'connection_refused', facts: { host: 'a.example' } },
    bytesOut: false,
    request: null,
    response: null,
    timings: null,
    why: noWhy,
    after: { stopped: null, breaker: 'closed' },
    wait: null,
    ...changes,
  }
}

const unknown: Attempt['outcome'] = {
  class: 'unknown',
  code: 'first_byte_timed_out',
  facts: { host: 'b.example', timeout: 'first byte', timeoutMs: 300 },
}

function story(attempts: Attempt[], changes: Partial<MessageStory> = {}): MessageStory {
  const last = attempts.at(-1)
  return {
    id: 'm',
    createdAt: 1000,
    to: '+14155550123',
    text: 'Hello',
    state: 'failed',
    providerName: last?.providerName ?? '',
    outcomeClass: last?.outcome?.class ?? null,
    groupName: 'Europe',
    mayArriveTwice: false,
    attempts: attempts.length,
    settled: null,
    story: attempts,
    callbacks: [],
    ...changes,
  } as MessageStory
}

test('spans are said as people say them', () => {
  const said = [0, 340, 999, 1000, 2400, 9960, 59_400, 60_000, 185_000, 7_800_000, 200_000_000]
  expect(said.map(spanWords)).toEqual([
    '0 ms',
    '340 ms',
    '999 ms',
    '1 s',
    '2.4 s',
    '10 s',
    '59 s',
    '1 min',
    '3 min 5 s',
    '2 h 10 min',
    '2 d',
  ])
  expect([laterWords(0), laterWords(2400)]).toEqual(['at once', '2.4 s later'])
})

describe('an attempt', () => {
  test('says why the message came to it, with each better provider that was skipped', () => {
    const skipped: AttemptWhy['skipped'] = [
      { providerId: 'a', reason: 'breaker_open', until: 90 },
      { providerId: 'b', reason: 'throttled', until: null },
      { providerId: 'c', reason: 'needs_attention', until: null },
      { providerId: 'd', reason: 'archived', until: null },
      { providerId: 'e', reason: 'deleted', until: null },
      { providerId: 'f', reason: 'probing', until: null },
    ]
    expect(whyWords(attempt({ why: { ...noWhy, skipped, probe: true } }), words)).toEqual([
      'Skipped A: its circuit breaker is open until t90.',
      'Skipped B: it asked to be left alone.',
      'Skipped C: it needs attention, until it is edited or a test passes.',
      'Skipped D: it is archived.',
      'Skipped E: it does not exist any more.',
      'Skipped F: another message is trying whether it is back.',
      'This message tries whether the provider is back.',
    ])
    expect(whyWords(attempt(), words)).toEqual(['First in the group’s order.'])
    expect(whyWords(attempt({ position: 2, why: { ...noWhy, mayArriveTwice: true } }), words)).toEqual([
      'Next in the group’s order.',
      'An earlier provider may have taken the message: it may arrive twice.',
    ])
    expect(whyWords(attempt({ why: { ...noWhy, lastResort: true } }), words)).toEqual([
      'No provider of the group is fit, so all are tried in their order.',
    ])
    expect(whyWords(attempt({ why: null }), words)).toEqual([])
  })

  test('tells of the breaker only where there is something to tell', () => {
    expect(breakerWords(attempt())).toBeNull()
    expect(breakerWords(attempt({ after: { stopped: null, breaker: 'open' } }))).toBe(
      'Circuit breaker closed, then open',
    )
    const why = { ...noWhy, breaker: 'half_open' as const }
    expect(breakerWords(attempt({ why, after: null }))).toBe('Circuit breaker half open')
  })

  test('names the time-out that fired, and whether bytes had gone out', () => {
    const timedOut = attempt({ outcome: unknown, bytesOut: true })
    expect(timeoutWords(timedOut)).toBe('First byte time-out of 300 ms fired')
    expect(bytesWords(timedOut)).toBe('Bytes had gone out')
    expect([timeoutWords(attempt()), bytesWords(attempt())]).toEqual([null, 'No byte had gone out'])
    const interrupted = attempt({ outcome: { class: 'unknown', code: 'interrupted', facts: {} } })
    expect(bytesWords(interrupted)).toBe('Bytes may have gone out')
  })

  test('says what the group did then', () => {
    expect(afterWords(attempt())).toBe('Surely not taken, so it moved on to the next provider.')
    const stops = ['accepted', 'rejected', 'held', 'cancelled', 'exhausted'] as const
    const said = stops.map((stopped) => afterWords(attempt({ after: { stopped, breaker: 'closed' } })))
    expect(new Set(said).size).toBe(stops.length)
    expect(afterWords(attempt({ after: null }))).toBeNull()
  })
})

describe('a story', () => {
  test('ends as unknown where any provider may have taken it, and none did', () => {
    const ended = story([attempt({ outcome: unknown, providerName: 'Beta' }), attempt()])
    expect(isUnknown(ended)).toBe(true)
    expect(endWords(ended)).toBe('Nobody can tell whether Beta took the message. It may still arrive.')
    expect(mayBeSettled(ended)).toBe(true)
    expect(mayHaveArrived(ended)).toBe(true)
    const surely = story([attempt()])
    expect([isUnknown(surely), mayBeSettled(surely), mayHaveArrived(surely)]).toEqual([false, false, false])
    expect(endWords(story([attempt(), attempt()]))).toBe('No provider took the message.')
  })

  test('says when a person had the last word, until a receipt has it', () => {
    const settled = { as: 'sent' as const, at: 5000 }
    const marked = story([attempt({ outcome: unknown })], { state: 'sent', settled })
    expect(endWords(marked)).toBe('Marked as sent by hand. No answer of a provider says so.')
    expect(mayBeSettled(marked)).toBe(true)
    expect(mayBeSettled({ ...marked, state: 'delivered' })).toBe(false)
  })

  test('is the same in a terminal', () => {
    const beta = attempt({
      position: 2,
      providerName: 'Beta',
      startedAt: 3900,
      finishedAt: 4200,
      outcome: unknown,
      bytesOut: true,
      why: { ...noWhy, skipped: [{ providerId: 'x', reason: 'archived', until: null }] },
      after: { stopped: 'held', breaker: 'closed' },
    })
    const lines = storyText(story([attempt(), beta]), words)
    for (const line of [
      't1000  Created, to +14155550123, through the group Europe',
      't3900  Attempt 2 with Beta, 2.9 s later',
      '    Skipped X: it is archived.',
      '    First byte time-out of 300 ms fired.',
      '    Bytes had gone out.',
      '    Nobody knows whether it was taken. This group holds then: no other provider was tried.',
      't4200  Unknown. Nobody can tell whether Beta took the message. It may still arrive.',
    ])
      expect(lines).toContain(line)
  })
})
