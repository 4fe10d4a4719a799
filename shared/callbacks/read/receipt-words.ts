import type { CodeMeaning } from '../../success-rule.ts'
import { sentence, type Verdict } from '../../verdict/phrases.ts'
import type { ReadItem } from '../callback.ts'
import type { ReceiptState } from '../format.ts'
import { platformCodes } from './platform-codes.ts'
import { platformName } from './platform.ts'
import { isBadEnd } from './read-item.ts'

const usual: Record<ReceiptState, Verdict> = {
  queued: {
    title: 'Waiting at the provider',
    cause: 'The provider has not passed it on yet.',
    next: 'Wait for the next receipt.',
  },
  sent: {
    title: 'On its way',
    cause: 'The provider has passed it on.',
    next: 'Wait for the next receipt; some networks send none.',
  },
  delivered: {
    title: 'Delivered',
    cause: 'The provider says that it arrived.',
    next: 'There is nothing to do.',
  },
  undelivered: {
    title: 'It did not arrive',
    cause: 'The network could not deliver it: the phone may be off, out of reach, or the number not in use.',
    next: 'Try again later; check the number if it happens again.',
  },
  failed: {
    title: 'The provider could not deliver it',
    cause: 'The provider took it and failed on the way, without saying why.',
    next: 'Look for the message’s id at the provider, or send it through another.',
  },
  rejected: {
    title: 'It was rejected',
    cause: 'The provider or the network refused it for its recipient, sender or text.',
    next: 'Check the number, the sender and the text, and what the country asks for.',
  },
  expired: {
    title: 'It expired',
    cause: 'It could not be delivered while it was valid: the phone was off or out of reach.',
    next: 'Try again later; a longer validity helps where the provider takes one.',
  },
}

/** What a receipt means, in words: by its code where that is known, else by its state. */
export function receiptWords(
  { state, word, errorCode, errorText }: Pick<ReadItem, 'state' | 'word' | 'errorCode' | 'errorText'>,
  meanings: readonly CodeMeaning[],
): Verdict {
  if (state === null)
    return {
      title: word === null ? 'The receipt names no state' : `The word “${word}” is not known`,
      cause: 'What the receipt says of the message cannot be told.',
      next: 'Look at the callback, and add the word where the provider’s callbacks are described.',
    }
  const verdict = usual[state]
  if (!isBadEnd(state)) return verdict
  const meaning = meaningOf(errorCode, meanings) ?? meaningOf(word, meanings)
  const said = errorText === null || errorText === errorCode ? '' : ` It says: ${sentence(errorText)}`
  const named = errorCode === null ? '' : ` (code ${errorCode})`
  return {
    title: `${verdict.title}${named}`,
    cause: `${meaning?.cause ? sentence(meaning.cause) : verdict.cause}${said}`,
    next: meaning?.next ? sentence(meaning.next) : verdict.next,
  }
}

/** The meanings that count for a receipt: the platform's, or its format's before its vendor's. */
export function meaningsOf(
  format: string | null,
  formats: readonly { name: string; codes: readonly CodeMeaning[] }[],
  vendor: readonly CodeMeaning[],
): readonly CodeMeaning[] {
  if (format === platformName) return platformCodes
  return [...(formats.find(({ name }) => name === format)?.codes ?? []), ...vendor]
}

function meaningOf(code: string | null, meanings: readonly CodeMeaning[]): CodeMeaning | undefined {
  if (code === null) return undefined
  return meanings.find((one) => one.code.toLowerCase() === code.toLowerCase())
}
