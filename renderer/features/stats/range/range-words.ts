import type { StatsAnswer } from '#shared/stats/answer.ts'
import { plural } from '../../../lib/format.ts'

const whole = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})
const at = (date: string) => Date.parse(`${date}T00:00:00Z`)

/** `23 Oct – 21 Nov 2026`, or the one day. */
export function spanWords(from: string, to: string): string {
  return from === to ? whole.format(at(from)) : whole.formatRange(at(from), at(to))
}

export function scopeWords({ scope, name }: Pick<StatsAnswer, 'scope' | 'name'>): string {
  return scope.kind === 'all' ? 'All messages' : name
}

/** What the figures are of, in one line, as under a picture's title. */
export function aboutWords(answer: StatsAnswer): string {
  const { from, to, days } = answer.range
  return `${scopeWords(answer)}, ${spanWords(from, to)} (${plural(days.length, 'day')}, ${answer.zone})`
}

/** What is left out of the figures or counted in them, besides real sends. */
export function countedWords(
  { leftOut }: Pick<StatsAnswer, 'leftOut'>,
  { tests, simulated }: { tests: boolean; simulated: boolean },
): string {
  const both = [
    tests ? 'Tests are counted' : `Tests are left out (${leftOut.tests})`,
    simulated ? 'simulated sends are counted' : `simulated sends are left out (${leftOut.simulated})`,
  ]
  return `${both.join(', ')}.`
}
