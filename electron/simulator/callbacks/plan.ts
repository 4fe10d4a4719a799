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

function endOf(
  states: readonly ReceiptState[],
  wish: ReceiptWish | null,
): [ReceiptState | undefined, string] {
  if (wish?.kind !== 'receiptsBadEnd') return [states.includes('delivered') ? 'delivered' : undefined, '']
  const wanted: readonly BadEnd[] = [wish.end, ...badEnds]
  return [wanted.find((end) => states.includes(end)), wish.code]
}
