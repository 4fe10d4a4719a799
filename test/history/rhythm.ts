import type { Random } from './random.ts'

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** What an hour of the day weighs, at Greenwich: people sleep, go to work, and shop in the evening. */
const hours = [3, 2, 1, 1, 1, 2, 4, 7, 10, 12, 12, 11, 11, 11, 10, 10, 10, 11, 13, 14, 13, 10, 7, 5]
/** From Sunday on. */
const days = [0.7, 1, 1.05, 1.05, 1.1, 1.2, 0.8]
/** It grows by so much from the beginning to the end. */
const growth = 0.6

export interface Span {
  /** Epoch milliseconds. */
  from: number
  until: number
  count: number
}

/** The moments of so many messages, the oldest first: more by day than by night, on workdays than on Sundays. */
export function* arrivals(span: Span, random: Random): Generator<number> {
  const { from, until, count } = span
  const all = Math.max(1, Math.ceil((until - from) / hourMs))
  const weights = Array.from(
    { length: all },
    (_, hour) => weightOf(span, hour) * (0.85 + 0.3 * random.next()),
  )
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  let gone = 0
  let given = 0
  for (const [hour, weight] of weights.entries()) {
    gone += weight
    const here = Math.round((gone / whole) * count) - given
    given += here
    const begin = from + hour * hourMs
    const length = Math.min(hourMs, until - begin)
    for (let index = 0; index < here; index += 1)
      yield Math.floor(begin + ((index + random.next()) / here) * length)
  }
}

function weightOf({ from, until }: Span, hour: number): number {
  const at = new Date(from + hour * hourMs)
  const share = (at.getTime() - from) / (until - from)
  return (hours[at.getUTCHours()] ?? 1) * (days[at.getUTCDay()] ?? 1) * (1 + growth * share)
}
