/** Stretches of time that a filter offers by name. */
export const timePresets = ['15m', '1h', '24h', 'today', 'yesterday', '7d', '30d'] as const
export type TimePreset = (typeof timePresets)[number]

export const presetWords: Record<TimePreset, string> = {
  '15m': 'Last 15 minutes',
  '1h': 'Last hour',
  '24h': 'Last 24 hours',
  today: 'Today',
  yesterday: 'Yesterday',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
}

/** Where a stretch begins, and the first moment that is left out; epoch milliseconds. */
export interface TimeSpan {
  since?: number
  until?: number
}

const minute = 60_000
const day = 24 * 60 * minute

/** Days are those of the calendar here: one with a change of the clocks has 23 or 25 hours. */
export function spanOf(preset: TimePreset, now: number): TimeSpan {
  switch (preset) {
    case '15m':
      return { since: now - 15 * minute }
    case '1h':
      return { since: now - 60 * minute }
    case '24h':
      return { since: now - day }
    case 'today':
      return { since: midnight(now, 0) }
    case 'yesterday':
      return { since: midnight(now, -1), until: midnight(now, 0) }
    case '7d':
      return { since: now - 7 * day }
    case '30d':
      return { since: now - 30 * day }
  }
}

function midnight(now: number, days: number): number {
  const at = new Date(now)
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + days).getTime()
}

/** A local time as a field of the page holds it: `2026-03-29T14:05`. Null for anything else. */
export function localTime(text: unknown): string | null {
  const isForm = typeof text === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)
  return isForm && !Number.isNaN(new Date(text).getTime()) ? text : null
}

/** As it is told in a few words: `29 Mar 2026, 14:05`. Of a local time as above, or of epoch milliseconds. */
export function localTimeWords(time: string | number): string {
  return words.format(new Date(time))
}

const words = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
