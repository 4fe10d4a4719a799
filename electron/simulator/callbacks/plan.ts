import type { ReceiptState } from '#shared/callbacks/format.ts'
import { badEnds, type BadEnd, type SimulatedReceipts } from '#shared/simulator-phone.ts'
import type { ReceiptWish } from './taken.ts'

/** A receipt that is to come. */
export interface PlannedReceipt {
  state: ReceiptState
  /** In place of the code that goes with the state; empty: that one. */
  code: string
  /** After the message was taken. */
  afterMs: number
  /** It is the one before once more, to the letter. */
  again: boolean
}

/** The receipts of a message, in the order in which they are posted. `states` are those that its vendor has a word for. */
export function planReceipts(
  { firstMs, lastMs }: SimulatedReceipts,
  states: readonly ReceiptState[],
  wish: ReceiptWish | null,
): PlannedReceipt[] {
  if (wish?.kind === 'receiptsMissing') return []
  const [last, code] = endOf(states, wish)
  const first = (['sent', 'queued'] as const).find((state) => states.includes(state))
  const delayed = wish?.kind === 'receiptsLate' ? wish.ms : 0
  const times = wish?.kind === 'receiptsBeforeAnswer' ? [0, 0] : [firstMs + delayed, lastMs + delayed]
  const named = [...(first ? [{ state: first, code: '' }] : []), ...(last ? [{ state: last, code }] : [])]
  if (wish?.kind === 'receiptsOutOfOrder') named.reverse()
  const planned = named.map(({ state, code: told }, index) => ({
    state,
    code: told,
    afterMs: times[index + times.length - named.length] ?? 0,
    again: false,
  }))
  return wish?.kind === 'receiptsTwice' ? planned.flatMap((one) => [one, { ...one, again: true }]) : planned
}

/** What is done to receipts, and why, in words; null where nothing is. */
export function wishWords(wish: ReceiptWish | null, byFault: boolean): string | null {
  const what = wish && wordsOf(wish)
  return what && `${what}, ${byFault ? 'by a fault' : 'as this number asks for'}.`
}

function wordsOf(wish: ReceiptWish): string | null {
  switch (wish.kind) {
    case 'receiptsLate':
      return `${wish.ms / 1000} s late`
    case 'receiptsTwice':
      return 'Sent twice'
    case 'receiptsOutOfOrder':
      return 'Out of order'
    case 'receiptsMissing':
      return 'No receipt comes'
    case 'receiptsWrongSignature':
      return 'With a wrong signature'
    case 'receiptsUnknownId':
      return 'For an id that nobody knows'
    case 'receiptsBeforeAnswer':
      return 'Before the answer to the send'
    case 'receiptsBadEnd':
      return `Ends as ${wish.end}`
    case 'replies':
      return null
  }
}

function endOf(
  states: readonly ReceiptState[],
  wish: ReceiptWish | null,
): [ReceiptState | undefined, string] {
  if (wish?.kind !== 'receiptsBadEnd') return [states.includes('delivered') ? 'delivered' : undefined, '']
  const wanted: readonly BadEnd[] = [wish.end, ...badEnds]
  return [wanted.find((end) => states.includes(end)), wish.code]
}
