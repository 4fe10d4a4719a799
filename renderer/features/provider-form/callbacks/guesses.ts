import type { ReceiptState, TimeForm } from '#shared/callbacks/format.ts'

/** In this order: `undelivered` holds `delivered`, and so on. */
const roots: [RegExp, ReceiptState][] = [
  [/undeliv|not[ _-]?deliv|unreach/, 'undelivered'],
  [/expir|timed?[ _-]?out/, 'expired'],
  [/reject|refus|block|blacklist|dnd|opt/, 'rejected'],
  [/fail|error|invalid|cancel|delet|not[ _-]?sent/, 'failed'],
  [/deliv|^read|seen|displayed/, 'delivered'],
  [/queue|schedul|pending|wait|receiv|creat/, 'queued'],
  [/sent|submit|accept|accep|enroute|en[ _-]route|dispatch|buffer|process|unknown/, 'sent'],
]

/** The state that a word most likely means; `sent` where it says nothing, as that ends nothing. */
export function guessState(word: string, known: Readonly<Record<string, ReceiptState>> = {}): ReceiptState {
  const small = word.trim().toLowerCase()
  const exact = Object.entries(known).find(([one]) => one.toLowerCase() === small)?.[1]
  return exact ?? roots.find(([root]) => root.test(small))?.[1] ?? 'sent'
}

/** The form in which a time is written; null where it is none that is known. */
export function guessTimeForm(text: string): TimeForm | null {
  const time = text.trim()
  if (/^1\d{9}(?:\.\d+)?$/.test(time)) return 'seconds'
  if (/^1\d{12}$/.test(time)) return 'milliseconds'
  if (/^(?:\d{10}|\d{12}|20\d{12})$/.test(time)) return 'compact'
  if (/^\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?(?:\.\d+)?$/.test(time)) return 'plain'
  return /^\d{4}-\d\d-\d\d/.test(time) ? 'iso' : null
}
