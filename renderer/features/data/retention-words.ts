import type { CleanedUp, Retention, StorePart } from '#shared/data.ts'
import { formatCount, plural } from '../../lib/format.ts'

/** What stands in a field, as days; null for an empty one, NaN for what is no whole number. */
export function daysOf(typed: string): number | null {
  const text = typed.trim()
  if (text === '') return null
  return /^\d{1,6}$/.test(text) ? Number(text) : NaN
}

export const typedDays = (days: number | null) => (days === null ? '' : String(days))

/** As in `120 messages, 40 callbacks and the contents of 300 attempts and callbacks`; empty for nothing. */
export function cleanedWords({ messages, callbacks, contents }: CleanedUp): string {
  const parts = [
    messages > 0 ? plural(messages, 'message') : '',
    callbacks > 0 ? plural(callbacks, 'callback') : '',
    contents > 0 ? `the contents of ${formatCount(contents)} attempts and callbacks` : '',
  ].filter((part) => part !== '')
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** Shorter than before, so that something may go. */
export function isShorter(next: Retention, before: Retention): boolean {
  const less = (one: number | null, other: number | null) => (one ?? Infinity) < (other ?? Infinity)
  return less(next.contentDays, before.contentDays) || less(next.messageDays, before.messageDays)
}

export const partWords: Record<StorePart, string> = {
  messages: 'Messages',
  contents: 'Attempts: requests and answers',
  callbacks: 'Callbacks',
  search: 'Search',
  bulk: 'Bulk tests',
  figures: 'Figures for stats',
  other: 'Everything else',
  free: 'Room that compacting gives back',
}
