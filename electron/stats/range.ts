import { AppError } from '#shared/errors.ts'
import { addDays, countDays } from '#shared/stats/dates.ts'
import { mostDays, type StatsRange } from '#shared/stats/query.ts'
import { localDate, localDays, type LocalDay } from '#shared/stats/zone.ts'

/** The days of a range, in a zone, as it is now there. Throws `invalid_input`. */
export function daysOf(range: StatsRange, zone: string, now: number): LocalDay[] {
  const today = localDate(zone, now)
  if (range.kind === 'custom') {
    const count = countDays(range.from, range.to)
    if (count === 0) throw wrong('The range ends before it begins. Choose an end on or after its beginning.')
    if (count > mostDays) throw wrong(`The range has ${count} days. Choose ${mostDays} at most.`)
    return localDays(zone, range.from, count)
  }
  const count = range.kind === 'today' ? 1 : range.days
  return localDays(zone, addDays(today, 1 - count), count)
}

/** As many days just before them. */
export function daysBefore(days: readonly LocalDay[], zone: string): LocalDay[] {
  const [first] = days
  return first ? localDays(zone, addDays(first.date, -days.length), days.length) : []
}

function wrong(message: string): AppError {
  return new AppError('invalid_input', message, { issues: [{ path: 'range', message }] })
}
