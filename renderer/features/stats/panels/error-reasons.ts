import { csvRow } from '#shared/csv-text.ts'
import type { ErrorReason } from '#shared/stats/answer.ts'
import type { CountedErrors } from '#shared/stats/counted-errors.ts'
import { plural } from '../../../lib/format.ts'
import type { Tone } from '../../../ui/tone.ts'
import { outcomeBrief } from '../../messages/outcome-brief.ts'
import { outcomeWords, stateWords } from '../../messages/outcome-words.ts'
import { localTimeWords } from '../../messages/time-span.ts'

type Reason = Pick<ErrorReason, 'class' | 'code'>

/** The class of an error as elsewhere on the pages: its word and its tone. */
export function reasonWords({ class: kind }: Reason): { word: string; tone: Tone } {
  return kind === 'undelivered' ? stateWords.undelivered : outcomeWords[kind]
}

/** What happened, in two or three words. */
export function codeWords({ code }: Reason): string {
  if (code === 'receipt') return 'Receipt says not delivered'
  return code === 'no_receipt' ? 'No receipt in time' : outcomeBrief(code)
}

/** What the link of a reason says. */
export function linkWords(reason: ErrorReason): string {
  const words = `Show the messages: ${codeWords(reason)}`
  return reason.gone === 0
    ? words
    : `${words}. ${plural(reason.gone, 'of them is', 'of them are')} kept no longer`
}

/** The same errors as one line of the log's filters, what is longest last. `of`: whose stats count them. */
export function filterWords(counted: CountedErrors, of: string): string {
  const { vendorCode, words } = counted
  const vendors = [vendorCode, words && `“${words}”`].filter((part) => part !== '').join(' ')
  const what = [reasonWords(counted).word, codeWords(counted), vendors].filter((part) => part !== '')
  return `Errors in the stats of ${of}, ${stretchWords(counted)}: ${what.join(', ')}`
}

/** Whole days of this machine by their dates. */
function stretchWords({ since, until }: CountedErrors): string {
  const isMidnight = (at: number) => new Date(at).getHours() + new Date(at).getMinutes() === 0
  if (!isMidnight(since) || !isMidnight(until)) return `${localTimeWords(since)} to ${localTimeWords(until)}`
  const last = until - 1
  return days.formatRange(since, last)
}
const days = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })

export function errorsCsv(reasons: readonly ErrorReason[]): string {
  const all = reasons.reduce((sum, { count }) => sum + count, 0)
  const head = ['Class', 'What happened', 'Code', 'The vendor’s words', 'Count', 'Share (%)']
  const rows = reasons.map((reason) => [
    reasonWords(reason).word,
    codeWords(reason),
    reason.vendorCode,
    reason.words,
    reason.count,
    Math.round((reason.count / all) * 1_000_000) / 10_000,
  ])
  return `\uFEFF${[head, ...rows].map(csvRow).join('')}`
}
