import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, countDays, datesBetween, isDate } from '#shared/stats/dates.ts'
import { isZone, localDate, localDays } from '#shared/stats/zone.ts'
import { cover } from '../../../electron/db/rollups/slots.ts'

const quarter = 900_000
const day = 86_400_000

const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'), '+05:45', '-09:30')
/** From the year on in which the last zone gave up to change its clocks a minute after midnight. */
const dates = fc
  .integer({ min: Date.UTC(2012, 0, 1) / day, max: Date.UTC(2037, 11, 31) / day })
  .map((index) => new Date(index * day).toISOString().slice(0, 10))

/** Clocks change in it, whatever its zone does. */
const changes = fc.constantFrom(
  '2026-03-07',
  '2026-03-28',
  '2026-10-03',
  '2026-10-24',
  '2026-10-31',
  '2024-02-28',
)

it('the days of any zone hold each quarter of an hour once, and those of their date alone', () => {
  fc.assert(
    fc.property(zones, fc.oneof(dates, changes), fc.integer({ min: 1, max: 4 }), (zone, from, count) => {
      const days = localDays(zone, from, count)
      expect(days.map(({ date }) => date)).toEqual(datesBetween(from, addDays(from, count - 1)))
      for (const [index, { date, since, until }] of days.entries()) {
        expect(since % quarter).toBe(0)
        if (index > 0) expect(since).toBe(days[index - 1]?.until)
        expect(localDate(zone, since - 1) < date).toBe(true)
        expect(localDate(zone, until) > date).toBe(true)
        for (let at = since; at < until; at += quarter) {
          expect(localDate(zone, at)).toBe(date)
          expect(localDate(zone, at + quarter - 1)).toBe(date)
        }
      }
    }),
    { numRuns: 300 },
  )
})

it('a day has 23 or 25 hours where clocks change, 24 and a half where they change by half, and none where it was left out', () => {
  const hours = (zone: string, date: string) => {
    const [only] = localDays(zone, date, 1)
    return only ? (only.until - only.since) / 3_600_000 : null
  }
  expect(hours('Europe/Berlin', '2026-03-29')).toBe(23)
  expect(hours('Europe/Berlin', '2026-10-25')).toBe(25)
  // At midnight, to one in the morning and back.
  expect(hours('Africa/Cairo', '2026-04-24')).toBe(23)
  expect(hours('America/Havana', '2026-11-01')).toBe(25)
  expect(hours('Australia/Lord_Howe', '2026-04-05')).toBe(24.5)
  expect(hours('Pacific/Apia', '2011-12-30')).toBe(0)
  expect(hours('Asia/Kathmandu', '2024-02-29')).toBe(24)
  expect(hours('Asia/Kolkata', '2025-12-31')).toBe(24)
})

it('a zone whose days begin within a quarter of an hour is none, as no figure would be exact', () => {
  for (const zone of ['+05:37', '+0537', '-00:44', '+23:45', '', 'Nowhere/Land'])
    expect([zone, isZone(zone)]).toEqual([zone, false])
  for (const zone of ['UTC', '+05:30', '-0330', '+05:45', 'Asia/Kathmandu'])
    expect([zone, isZone(zone)]).toEqual([zone, true])
})

it('a date is one that there is, and that a message can have', () => {
  for (const text of [
    '2023-02-29',
    '2024-02-30',
    '2024-13-01',
    '0001-01-01',
    '1969-12-31',
    '3000-01-01',
    '2024-2-9',
  ])
    expect([text, isDate(text)]).toEqual([text, false])
  for (const text of ['2024-02-29', '1970-01-01', '2999-12-31'])
    expect([text, isDate(text)]).toEqual([text, true])
  expect(countDays('2024-02-28', '2024-03-01')).toBe(3)
  expect(countDays('2024-03-01', '2024-02-28')).toBe(0)
  expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
})

it('the slots of a stretch hold each of its quarters once and nothing else', () => {
  const quarters = fc.integer({ min: -2000, max: 4000 })
  fc.assert(
    fc.property(quarters, quarters, (from, to) => {
      const held = cover(from, to).flatMap(({ level, from: first, to: last }) =>
        Array.from({ length: (last - first) * level }, (_, index) => first * level + index),
      )
      expect(held.toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index),
      )
    }),
  )
})
