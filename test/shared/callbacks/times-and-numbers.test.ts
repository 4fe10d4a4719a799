import { expect, it } from 'vitest'
import type { TimeForm } from '#shared/callbacks/format.ts'
import { readCallbackNumber } from '#shared/callbacks/read/read-number.ts'
import { readTime } from '#shared/callbacks/read/read-time.ts'

it.each<[string, TimeForm, string, string | null]>([
  ['2026-01-02T03:04:05.678Z', 'iso', '+00:00', '2026-01-02T03:04:05.678Z'],
  ['2026-01-02T03:04:05.678901234+0530', 'iso', '+00:00', '2026-01-01T21:34:05.678Z'],
  ['2026-01-02 03:04:05', 'plain', '+05:30', '2026-01-01T21:34:05.000Z'],
  ['2026-01-02 03:04:05+00:00', 'plain', '+05:30', '2026-01-02T03:04:05.000Z'],
  ['2026-01-02T03:04:05 02:00', 'iso', '+00:00', '2026-01-02T01:04:05.000Z'],
  ['2026-01-02', 'iso', '+00:00', '2026-01-02T00:00:00.000Z'],
  ['2026-01-02 03:04', 'plain', '-03:30', '2026-01-02T06:34:00.000Z'],
  ['Fri, 02 Jan 2026 03:04:05 +0000', 'iso', '+00:00', '2026-01-02T03:04:05.000Z'],
  ['1767323045', 'seconds', '+00:00', '2026-01-02T03:04:05.000Z'],
  ['1767323045.5', 'seconds', '+00:00', '2026-01-02T03:04:05.500Z'],
  ['1767323045678', 'milliseconds', '+00:00', '2026-01-02T03:04:05.678Z'],
  ['1767323045678', 'seconds', '+00:00', '2026-01-02T03:04:05.678Z'],
  ['1767323045', 'iso', '+00:00', '2026-01-02T03:04:05.000Z'],
  ['2601020304', 'compact', '+05:30', '2026-01-01T21:34:00.000Z'],
  ['260102030405', 'compact', '+00:00', '2026-01-02T03:04:05.000Z'],
  ['20260102030405', 'compact', '+00:00', '2026-01-02T03:04:05.000Z'],
  ['20260102030405', 'iso', '+00:00', '2026-01-02T03:04:05.000Z'],
  ['2026-02-30 00:00:00', 'plain', '+00:00', null],
  ['2026-01-02 25:00:00', 'plain', '+00:00', null],
  ['0001-01-01T00:00:00Z', 'iso', '+00:00', null],
  ['0', 'seconds', '+00:00', null],
  ['99999999999999999999', 'milliseconds', '+00:00', null],
  ['soon', 'iso', '+00:00', null],
  ['', 'iso', '+00:00', null],
])('reads %j as %s in %s', (written, form, zone, expected) => {
  const at = readTime(written, form, zone)
  expect(at === null ? null : new Date(at).toISOString()).toBe(expected)
})

it.each<[string, string | undefined, string]>([
  ['+14155550123', undefined, '+14155550123'],
  ['14155550123', undefined, '+14155550123'],
  [' 14155550123', undefined, '+14155550123'],
  ['0014155550123', undefined, '+14155550123'],
  ['+1 (415) 555-0123', undefined, '+14155550123'],
  ['919876543210', 'IN', '+919876543210'],
  ['9876543210', 'IN', '+919876543210'],
  ['09876543210', 'IN', '+919876543210'],
  ['14155550123', 'IN', '+14155550123'],
  ['57575', undefined, '57575'],
  ['ACME', undefined, 'ACME'],
  ['12345678', undefined, '12345678'],
  ['whatsapp:+14155550123', undefined, 'whatsapp:+14155550123'],
])('writes the number %j of %s as %s', (written, country, expected) => {
  expect(readCallbackNumber(written, country)).toBe(expected)
})
