import { csvRow } from '#shared/csv-text.ts'
import type { ErrorReason } from '#shared/stats/answer.ts'
import type { Tone } from '../../../ui/tone.ts'
import { outcomeBrief } from '../../messages/outcome-brief.ts'
import { outcomeWords, stateWords } from '../../messages/outcome-words.ts'

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

/** What the link of a reason says: the log does not tell vendors' words apart, so it may show others of the kind, too. */
export function linkWords(reason: ErrorReason, reasons: readonly ErrorReason[]): string {
  const filter = JSON.stringify(reason.filter)
  const alike = reasons.filter((one) => JSON.stringify(one.filter) === filter)
  return alike.length === 1
    ? `Show the messages: ${codeWords(reason)}`
    : `Show all messages of this kind: ${codeWords(reason)}`
}

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
