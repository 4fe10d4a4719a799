import { addDays } from './dates.ts'

const quarterMs = 900_000
const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** No zone is further from Greenwich. */
const furthestMs = 16 * hourMs

const formats = new Map<string, Intl.DateTimeFormat>()

const offset = /^[+-](\d\d)(?::?(\d\d))?$/

/** A name of the IANA's, or an offset of whole quarters of an hour, as all places have. */
export function isZone(zone: string): boolean {
  const [, hours = '0', minutes = '0'] = offset.exec(zone) ?? []
  if (Number(minutes) % 15 !== 0 || Number(hours) * hourMs >= furthestMs) return false
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}

/** The local date and time, as in `2026-03-29 02:15`. Throws a RangeError for a zone that there is not. */
export function localTime(zone: string, at: number): string {
  // Swedish writes it so.
  return formatOf(zone).format(at)
}

export function localDate(zone: string, at: number): string {
  return localTime(zone, at).slice(0, 10)
}

/** A local day, from its first moment to the first of the next; both begin at a quarter of an hour. */
export interface LocalDay {
  date: string
  since: number
  until: number
}

/** Each lasts from midnight to midnight, 23 or 25 hours where clocks change, and none where the date was left out. */
export function localDays(zone: string, from: string, count: number): LocalDay[] {
  const days: LocalDay[] = []
  let since = beginOf(zone, from, null)
  for (let index = 0; index < count; index += 1) {
    const date = addDays(from, index)
    const until = beginOf(zone, addDays(date, 1), since + dayMs)
    days.push({ date, since, until })
    since = until
  }
  return days
}

/** The first moment of a date; of the next that there is, where clocks left it out. `guess`: looked at first. */
function beginOf(zone: string, date: string, guess: number | null): number {
  if (guess !== null && localTime(zone, guess) === `${date} 00:00`) return guess
  const middle = Date.parse(`${date}T00:00:00Z`)
  let before = (middle - furthestMs) / quarterMs
  let after = (middle + furthestMs) / quarterMs
  while (after - before > 1) {
    const between = Math.floor((before + after) / 2)
    if (localDate(zone, between * quarterMs) < date) before = between
    else after = between
  }
  return after * quarterMs
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formats.set(zone, format)
  return format
}
