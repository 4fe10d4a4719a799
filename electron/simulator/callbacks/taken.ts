import type { ReceiptFault } from '#shared/simulator-phone.ts'

/** What a request says of a message that was taken, as far as its vendor calls back with it. */
export interface TakenMessage {
  /** The vendor's id. */
  id: string
  /** As the request wrote them. */
  to: string
  from: string
  text: string
  /** Our own id, which the request carried; empty: none. */
  reference: string
  /** Where the request wants its callbacks; empty: it says nothing of it. */
  address: string
  /** Of the vendor's APIs; empty with the generic provider. */
  api: string
  /** What stands in callbacks of the request's account. */
  account: Readonly<Record<string, string>>
  /** What the vendor signs with, where the request holds it; empty: it does not. */
  key: string
  /** What the number itself asks for. */
  wish: ReceiptWish | null
  /** Of the shape of the vendor's message ids. */
  newId: () => string
}

/** What may be done to receipts, by a fault or by a magic number. */
export type ReceiptWish = ReceiptFault | { kind: 'replies'; text: string }
