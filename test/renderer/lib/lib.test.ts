import { expect, test } from 'vitest'
import { errorCodes } from '#shared/errors.ts'
import { issuesByPath, wordsOf } from '../../../renderer/lib/errors.ts'
import {
  formatAgo,
  formatBytes,
  formatClock,
  formatDuration,
  formatRate,
  formatTime,
  formatWholeTime,
  plural,
} from '../../../renderer/lib/format.ts'
import { resolveTheme } from '../../../renderer/lib/theme.ts'

test('every failure has words, and none of them says undefined', () => {
  for (const code of [...errorCodes, 'connection_lost', 'signed_out'] as const) {
    const { title, text } = wordsOf({ code, message: 'Because.', details: {} })
    expect(`${title} ${text}`).not.toMatch(/undefined|null|^\s|\s$/)
    expect(title).not.toMatch(/[.!]$/)
  }
})

test('the first issue of a field counts', () => {
  expect(
    issuesByPath([
      { path: 'a', message: '1' },
      { path: 'a', message: '2' },
      { path: 'b', message: '3' },
    ]),
  ).toEqual({
    a: '1',
    b: '3',
  })
})

test('durations, sizes and shares carry their units', () => {
  expect([0, 0.44, 12.4, 1234, 59_000, 61_000, 7_200_000].map(formatDuration)).toEqual([
    '0 ms',
    '0.4 ms',
    '12 ms',
    '1.23 s',
    '59.0 s',
    '1 min',
    '2 h',
  ])
  expect([57, 2048, 5 * 1024 * 1024].map(formatBytes)).toEqual(['57 B', '2.0 KiB', '5.0 MiB'])
  expect(formatRate(0, 0)).toBe('–')
  expect(formatRate(1, 1)).toBe('100 %')
  expect(formatRate(99_999, 100_000)).toBe('99.9 %')
  expect([plural(1, 'segment'), plural(0, 'segment')]).toEqual(['1 segment', '0 segments'])
})

test('a time is told as short as it can be', () => {
  const now = new Date(2026, 5, 15, 12, 0, 0).getTime()
  expect(formatTime(now - 3_600_000, now)).toMatch(/^11:00:00$/)
  expect(formatTime(now - 86_400_000 * 3, now)).toContain('12')
  expect(formatTime(now - 86_400_000 * 400, now)).toContain('2025')
  expect(formatAgo(now - 30_000, now)).toBe('just now')
  expect(formatAgo(now - 7_200_000, now)).toBe('2 h ago')
})

test('the system decides only when it is asked to', () => {
  expect(resolveTheme('system', true)).toBe('dark')
  expect(resolveTheme('light', true)).toBe('light')
})

test('a time that no calendar has is a dash', () => {
  for (const at of [1e17, -1e17, Number.NaN, Number.POSITIVE_INFINITY])
    expect([formatClock(at), formatTime(at), formatWholeTime(at)]).toEqual(['–', '–', '–'])
})
