import type { Database } from 'better-sqlite3'
import type { HourSums, RangeSums } from '#shared/stats/answer.ts'
import { weekdayOf } from '#shared/stats/dates.ts'
import { addSums, noSums } from '#shared/stats/sums.ts'
import { localTime, type LocalDay } from '#shared/stats/zone.ts'
import { addRow, slotRows, type Wanted } from '../db/rollups/read.ts'
import { quarterMs, type Level } from '../db/rollups/slots.ts'

const hourMs = 3_600_000

/** Hours of Greenwich make up a day that begins with one of them and has no half hours; other days are made of quarters. */
function levelOf({ since, until }: LocalDay): Level {
  return since % hourMs === 0 && until % hourMs === 0 ? 4 : 1
}

interface Stretch {
  level: Level
  days: LocalDay[]
}

/** Days in a row that are read by slots of the same level. */
function stretchesOf(days: readonly LocalDay[]): Stretch[] {
  const stretches: Stretch[] = []
  for (const day of days) {
    const last = stretches.at(-1)
    const level = levelOf(day)
    if (last?.level === level) last.days.push(day)
    else stretches.push({ level, days: [day] })
  }
  return stretches
}

export type Hours = HourSums[][]

/** The sums of each day and of all, and the map of hours and weekdays. One look at each slot serves all of them. */
export function readDays(
  db: Database,
  wanted: Wanted,
  zone: string,
  days: readonly LocalDay[],
): RangeSums & { hours: Hours } {
  const hours: Hours = Array.from({ length: 7 }, () =>
    Array.from({ length: 24 }, () => ({ sent: 0, errors: 0, clicks: 0 })),
  )
  const found = days.map((day) => ({ ...day, sums: noSums() }))
  let index = 0
  for (const { level, days: some } of stretchesOf(days)) {
    const part = found.slice(index, index + some.length)
    index += some.length
    readStretch(db, wanted, level, part, (day, at, row) => {
      addRow(day.sums, row, 1)
      const cell = hours[weekdayOf(day.date)]?.[hourOf(day, zone, at)]
      if (!cell) return
      cell.sent += row[1] ?? 0
      cell.errors += row[4] ?? 0
      cell.clicks += row[5] ?? 0
    })
  }
  const totals = found.reduce((sums, day) => addSums(sums, day.sums), noSums())
  return {
    from: days[0]?.date ?? '',
    to: days.at(-1)?.date ?? '',
    since: days[0]?.since ?? 0,
    until: days.at(-1)?.until ?? 0,
    days: found,
    totals,
    hours,
  }
}

type SummedDay = RangeSums['days'][number]

function readStretch(
  db: Database,
  wanted: Wanted,
  level: Level,
  days: readonly SummedDay[],
  onRow: (day: SummedDay, at: number, row: number[]) => void,
): void {
  const slotMs = level * quarterMs
  const [since, until] = [days[0]?.since ?? 0, days.at(-1)?.until ?? 0]
  const rows = slotRows(db, wanted, { level, from: since / slotMs, to: until / slotMs })
  for (const kind of byKind(rows)) {
    let index = 0
    for (const row of kind) {
      const at = (row[0] ?? 0) * slotMs
      while (index < days.length - 1 && at >= (days[index]?.until ?? 0)) index += 1
      const day = days[index]
      if (day) onRow(day, at, row)
    }
  }
}

/** The rows of each kind are in order, and those of several come one after another. */
function byKind(rows: readonly number[][]): number[][][] {
  const kinds: number[][][] = []
  let before = Infinity
  for (const row of rows) {
    const slot = row[0] ?? 0
    if (slot <= before) kinds.push([])
    kinds.at(-1)?.push(row)
    before = slot
  }
  return kinds
}

const usualMs = 24 * hourMs

/** Of a day without a change of clocks the hour is told by how long ago it began. */
function hourOf({ since, until }: LocalDay, zone: string, at: number): number {
  if (until - since === usualMs) return Math.floor((at - since) / hourMs)
  return Number(localTime(zone, at).slice(11, 13))
}
