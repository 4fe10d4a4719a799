import { expect, test } from 'vitest'
import type { Attempt } from '#shared/attempt.ts'
import type { StoryCallback } from '#shared/callbacks/callback.ts'
import type { MessageStory } from '#shared/message.ts'
import { asSent, decidingReceipt } from '#shared/story/as-sent.ts'
import { endWords } from '#shared/story/end-words.ts'
import { storyText } from '#shared/story/story-text.ts'
import { storyEntries } from '../../../renderer/features/messages/story-events.ts'

const receipt = (state: string, effect: string, receivedAt = 3000) =>
  ({ kind: 'receipt', state, effect, receivedAt }) as StoryCallback

function story(state: MessageStory['state'], callbacks: StoryCallback[], accepted = true): MessageStory {
  const outcome = { class: accepted ? 'accepted' : 'unknown', code: 'x', facts: {} }
  const attempt = { startedAt: 1000, finishedAt: 2000, outcome, providerName: 'City', wait: null }
  return {
    createdAt: 900,
    state,
    settled: null,
    providerName: 'City',
    attempts: 1,
    story: [attempt as unknown as Attempt],
    callbacks,
  } as unknown as MessageStory
}

test('a story ends its sends as the provider’s answer said, whatever receipts say after', () => {
  const delivered = story('delivered', [receipt('sent', 'noted'), receipt('delivered', 'counted')])
  expect(asSent(delivered).state).toBe('sent')
  expect(endWords(asSent(delivered))).toBe('City took the message.')
  expect(asSent(story('delivered', [receipt('delivered', 'counted')], false)).state).toBe('failed')
  expect(asSent(story('sent', [])).state).toBe('sent')
  // No receipt said so: a wait for one ended.
  expect(asSent(story('undelivered', [receipt('delivered', 'conflict')])).state).toBe('undelivered')
})

test('the receipt that decides is one that counted, and says what the message is', () => {
  const [bad, good] = [receipt('expired', 'counted'), receipt('delivered', 'counted')]
  expect(decidingReceipt(story('delivered', [bad, good]))).toBe(good)
  expect(decidingReceipt(story('delivered', [good, bad]))).toBe(good)
  expect(decidingReceipt(story('undelivered', [bad, receipt('delivered', 'conflict')]))).toBe(bad)
  expect(decidingReceipt(story('sent', [receipt('sent', 'noted')]))).toBeNull()
})

test('in a terminal what came stands under the end of the sends, with what it says and did', () => {
  const bad = {
    ...receipt('expired', 'counted'),
    word: 'EXP',
    errorCode: '7',
    errorText: 'Too\u001b[2J late',
    signature: 'valid',
    text: null,
    url: null,
  } as StoryCallback
  const reply = {
    ...bad,
    kind: 'reply',
    state: null,
    word: null,
    errorCode: null,
    errorText: null,
    text: 'Hi',
  }
  const undelivered = story('undelivered', [
    bad,
    { ...reply, receivedAt: 4000, signature: 'unchecked' } as StoryCallback,
  ])
  const lines = storyText(
    { ...undelivered, groupName: null, text: 'x', story: [] },
    { nameOf: String, clock: String },
  )
  expect(lines.slice(2)).toEqual([
    '900  Failed. City did not take the message.',
    '3000  Receipt: expired, EXP, code 7 (counted, signature valid)',
    '    Too [2J late',
    '4000  Reply: "Hi" (counted)',
  ])
})

test('what came stands where it came in time, before the answer to the send too', () => {
  const early = receipt('sent', 'noted', 1500)
  const late = receipt('delivered', 'counted', 2500)
  const entries = storyEntries(story('delivered', [early, late]))
  expect(entries.map(({ event, gap }) => [event.kind, gap])).toEqual([
    ['created', null],
    ['attempt', 100],
    ['callback', 500],
    ['end', 500],
    ['callback', 500],
  ])
})
