import { expect, test } from 'vitest'
import { waitEnds, type Attempt, type AttemptWhy, type ReceiptWait } from '#shared/attempt.ts'
import type { MessageStory } from '#shared/message.ts'
import { waitWords, whyWords } from '#shared/story/attempt-words.ts'
import { endedAt, endWords } from '#shared/story/end-words.ts'
import { waitsForReceipt } from '#shared/story/settling.ts'
import { storyText } from '#shared/story/story-text.ts'

const words = { nameOf: (id: string) => id.toUpperCase(), clock: (at: number) => `t${at}` }
const wait: ReceiptWait = { minutes: 5, until: 301_000, ended: null }
const over: ReceiptWait = { ...wait, ended: { how: 'no_receipt', at: 301_000 } }
const why: AttemptWhy = {
  skipped: [],
  lastResort: false,
  mayArriveTwice: true,
  noReceipt: { providerId: 'alpha', minutes: 5 },
  breaker: 'closed',
  probe: false,
}

function attempt(name: string, changes: Partial<Attempt> = {}): Attempt {
  return {
    id: 'm/1',
    position: 1,
    providerId: name,
    providerName: name,
    startedAt: 1000,
    finishedAt: 1500,
    outcome: { class: 'accepted', code: 'accepted', facts: { status: 201 } },
    bytesOut: true,
    request: null,
    response: null,
    timings: null,
    why: null,
    after: { stopped: 'accepted', breaker: 'closed' },
    wait: null,
    ...changes,
  }
}
const refused: Partial<Attempt> = {
  position: 2,
  outcome: { class: 'unavailable', code: 'connection_refused', facts: { host: 'b.example' } },
  after: { stopped: 'exhausted', breaker: 'closed' },
  why,
}

function story(state: MessageStory['state'], ...attempts: Attempt[]): MessageStory {
  const name = attempts.at(-1)?.providerName ?? ''
  return {
    createdAt: 1000,
    text: 'Hello',
    state,
    providerName: name,
    settled: null,
    groupName: 'Europe',
    attempts: attempts.length,
    story: attempts,
    callbacks: [],
  } as unknown as MessageStory
}

test('an attempt says until when it waits, and how that ended', () => {
  expect(waitWords(attempt('alpha'), words)).toBeNull()
  expect(waitWords({ wait }, words)).toBe(
    'Waits for its delivery receipt until t301000. The next provider is tried then.',
  )
  const said = waitEnds.map((how) => waitWords({ wait: { ...wait, ended: { how, at: 1 } } }, words))
  expect(new Set(said).size).toBe(waitEnds.length)
  expect(said[0]).toBe('No delivery receipt came within 5 minutes, so it counts as undelivered.')
})

test('the next attempt says why it came', () => {
  expect(whyWords({ why, position: 2 }, words)).toEqual([
    'No delivery receipt came from ALPHA within 5 minutes.',
    'Next in the group’s order.',
    'An earlier provider may have taken the message: it may arrive twice.',
  ])
})

test('the end tells who took it without a receipt, and when it was given up', () => {
  const last = story('undelivered', attempt('alpha', { wait: over }))
  expect(endWords(last)).toBe(
    'No delivery receipt came in time from alpha, and no provider was left to try. It may still arrive.',
  )
  expect(endedAt(last)).toBe(301_000)
  const refusedLast = story('undelivered', attempt('alpha', { wait: over }), attempt('beta', refused))
  expect(endWords(refusedLast)).toBe(
    'No delivery receipt came in time from alpha, and no other provider took the message. It may still arrive.',
  )
  expect(endedAt(refusedLast)).toBe(1500)
  expect(storyText(last, words).join('\n')).toContain('t301000  Undelivered. No delivery receipt came')
})

test('it can be told to wait no longer only while it waits', () => {
  expect(waitsForReceipt(story('sent', attempt('alpha', { wait })))).toBe(true)
  expect(waitsForReceipt(story('sent', attempt('alpha', { wait: over })))).toBe(false)
  expect(waitsForReceipt(story('sending', attempt('alpha', { wait })))).toBe(false)
  expect(waitsForReceipt(story('sent', attempt('alpha')))).toBe(false)
})
