import { expect, test } from 'vitest'
import type { MessageStory } from '#shared/message.ts'
import { messageWords } from '../../../renderer/features/messages/outcome-words.ts'
import { hasSecrets, plainOf } from '../../../renderer/features/messages/masked-text.ts'
import { prettyBody } from '../../../renderer/features/messages/pretty-body.ts'
import { storyEntries } from '../../../renderer/features/messages/story-events.ts'
import { timingBars } from '../../../renderer/features/messages/timing-bars.ts'

const textOf = (body: string) =>
  prettyBody(body)
    .map((token) => token.text)
    .join('')

test('JSON is laid out and coloured, and loses nothing', () => {
  const body = '{"id":"a\\"b","n":-1.5e3,"ok":true,"list":[null]}'
  expect(JSON.parse(textOf(body))).toEqual(JSON.parse(body))
  expect(textOf(body)).toContain('\n  "n": -1.5e3')
  const kinds = prettyBody(body).filter((token) => token.kind !== 'plain')
  expect(kinds.map((token) => token.kind)).toEqual([
    'key',
    'string',
    'key',
    'number',
    'key',
    'word',
    'key',
    'word',
  ])
})

test('XML gets a line for each element; what is neither stays as it came', () => {
  expect(textOf('<a><b>1</b><c/></a>')).toBe('<a>\n  <b>1</b>\n  <c/>\n</a>')
  expect(textOf('OK: 12')).toBe('OK: 12')
  expect(textOf('{broken')).toBe('{broken')
})

test('the phases stand one after another, and those that did not happen are left out', () => {
  const timings = {
    dns: null,
    connect: 2,
    tls: 3,
    firstByte: 10,
    download: 1,
    total: 17,
    reused: false,
    remoteAddress: null,
  }
  expect(timingBars(timings).map(({ label, from, ms }) => [label, from, ms])).toEqual([
    ['Connect', 0, 2],
    ['TLS', 2, 3],
    ['Waiting', 5, 10],
    ['Download', 15, 1],
  ])
})

test('a masked text names its secrets', () => {
  expect(plainOf(['Bearer ', { secret: 'token', place: 'raw' }])).toBe('Bearer •••• token')
  expect(hasSecrets(['a'], ['b', { secret: 'x', place: 'raw' }])).toBe(true)
  expect(hasSecrets(['a'], [])).toBe(false)
})

test('a story has its gaps, and an end only once it is over', () => {
  const attempt = { id: 'a', startedAt: 1010, finishedAt: 1050 }
  const story = { createdAt: 1000, state: 'sent', story: [attempt], callbacks: [] } as unknown as MessageStory
  expect(storyEntries(story).map(({ event, gap }) => [event.kind, gap])).toEqual([
    ['created', null],
    ['attempt', 10],
    ['end', 40],
  ])
  expect(storyEntries({ ...story, state: 'sending' })).toHaveLength(2)
})

test('an id longer than a number can hold is shown as it came', () => {
  const nested = { list: [1, { deep: [] }], none: {}, text: 'a, "b": {c}', word: null }
  expect(textOf(JSON.stringify(nested))).toBe(JSON.stringify(nested, null, 2))
  expect(textOf('{ "id" : 12345678901234567890, "at": 1.0 }')).toBe(
    '{\n  "id": 12345678901234567890,\n  "at": 1.0\n}',
  )
})

test('a message that may have arrived is shown as unknown, not as failed', () => {
  expect(messageWords({ state: 'failed', unknown: true })).toEqual({ word: 'Unknown', tone: 'warn' })
  expect(messageWords({ state: 'failed', unknown: false })).toEqual({ word: 'Failed', tone: 'bad' })
  expect(messageWords({ state: 'sent', unknown: false })).toEqual({ word: 'Sent', tone: 'good' })
})
