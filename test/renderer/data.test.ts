import { expect, test } from 'vitest'
import { cleanedWords, daysOf, isShorter } from '../../renderer/features/data/retention-words.ts'

test('days are whole numbers, an empty field keeps for good', () => {
  expect([' 30 ', '', '  ', '1.5', '-3', 'ten'].map(daysOf)).toEqual([30, null, null, NaN, NaN, NaN])
})

test('what goes is told in words, and only what goes', () => {
  expect(cleanedWords({ messages: 1, callbacks: 0, contents: 0 })).toBe('1 message')
  expect(cleanedWords({ messages: 1200, callbacks: 3, contents: 40 })).toBe(
    '1,200 messages, 3 callbacks and the contents of 40 attempts and callbacks',
  )
  expect(cleanedWords({ messages: 0, callbacks: 0, contents: 0 })).toBe('')
})

test('only a shorter time asks first', () => {
  const keep = (contentDays: number | null, messageDays: number | null) => ({ contentDays, messageDays })
  expect(isShorter(keep(30, null), keep(null, null))).toBe(true)
  expect(isShorter(keep(30, null), keep(20, null))).toBe(false)
  expect(isShorter(keep(null, 5), keep(1, 6))).toBe(true)
  expect(isShorter(keep(null, null), keep(1, 1))).toBe(false)
})
