import type { CallbackSummary } from '#shared/callbacks/callback.ts'
import { troubleWords } from '#shared/callbacks/trouble-words.ts'

/** A callback in a line: when, whose, what it says, and what it did. */
export function callbackLine(callback: CallbackSummary): string {
  const { receivedAt, providerName, kinds, count, word, text, number, trouble, effect, signature } = callback
  const says = word ?? (text === null ? null : JSON.stringify(text))
  const did = trouble === null ? (effect ?? 'not read yet') : troubleWords[trouble]
  return [
    new Date(receivedAt).toISOString(),
    providerName ?? 'nobody’s address',
    kinds.join(', '),
    says ?? '',
    number ?? '',
    count > 1 ? `${count} records` : '',
    signature === 'unchecked' ? '' : `signature ${signature}`,
    `→ ${did}`,
  ]
    .filter((part) => part !== '')
    .join('  ')
}
