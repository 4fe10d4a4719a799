import { z } from 'zod'
import { receiptStates, type ReceiptState } from './callbacks/format.ts'
import { command } from './command.ts'

/*
 * What the simulator sends in its vendors' names after a message: receipts, and replies and clicks of its phone.
 */

const delay = z.number().int().min(0).max(600_000, 'Enter at most 600 s.')

/** Whether receipts come by themselves, and when, in milliseconds after the message was taken. */
export const simulatedReceiptsSchema = z
  .object({
    enabled: z.boolean(),
    firstMs: delay,
    lastMs: delay,
  })
  .refine(({ firstMs, lastMs }) => firstMs <= lastMs, {
    path: ['lastMs'],
    message: 'Enter no less than for the first receipt.',
  })
export type SimulatedReceipts = z.infer<typeof simulatedReceiptsSchema>

export const usualReceipts: SimulatedReceipts = { enabled: true, firstMs: 300, lastMs: 1000 }

/** Ends at which a message does not arrive. */
export const badEnds = ['undelivered', 'failed', 'rejected', 'expired'] as const satisfies ReceiptState[]
export type BadEnd = (typeof badEnds)[number]

/** What is done to the receipts of a message that the vendor took. */
export const receiptFaultSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('receiptsLate'),
    ms: z.number().int().min(1, 'Enter at least 1 ms.').max(3_600_000, 'Enter at most 3,600,000 ms.'),
  }),
  z.object({ kind: z.literal('receiptsTwice') }),
  /** The last one first. */
  z.object({ kind: z.literal('receiptsOutOfOrder') }),
  z.object({ kind: z.literal('receiptsMissing') }),
  z.object({ kind: z.literal('receiptsWrongSignature') }),
  /** Neither the vendor's id nor the reference is one that anybody knows. */
  z.object({ kind: z.literal('receiptsUnknownId') }),
  /** The send is answered once they have been. */
  z.object({ kind: z.literal('receiptsBeforeAnswer') }),
  z.object({
    kind: z.literal('receiptsBadEnd'),
    /** The vendor's nearest, where it has no word for it. */
    end: z.enum(badEnds),
    /** The vendor's code; empty: the one that goes with the end. */
    code: z.string().trim().max(100),
  }),
])
export type ReceiptFault = z.infer<typeof receiptFaultSchema>
export const receiptFaultKinds = receiptFaultSchema.options.map(({ shape }) => shape.kind.value)

export const isReceiptFault = (effect: { kind: string }): effect is ReceiptFault =>
  receiptFaultKinds.some((kind) => kind === effect.kind)

/** A number that the simulator took messages for; kept in memory as its requests are. */
export interface PhoneNumber {
  /** E.164 where it can be told, so that it is the one of `conversations.get`. */
  number: string
  /** Of the newest message or reply. */
  at: number
  text: string
  direction: 'received' | 'replied'
  received: number
  replied: number
}

/**
 * Why nothing good became of a post. `listener_stopped`: the page offers to start it, then `phone.postAgain`. `no_address`:
 * the request names none, and no provider of this vendor is known for it. `other_host`: the address is not of this machine.
 * `vendor_sends_none`: the vendor is not known to send such a thing, or the request holds nothing to tell the message by.
 * `fault`: a fault left it out. `stopped`: the simulator was. `too_many`: more wait than can be kept. `refused`: the answer
 * was not 2xx. `no_answer`: the connection failed or timed out.
 */
export const phonePostReasons = [
  'listener_stopped',
  'no_address',
  'other_host',
  'vendor_sends_none',
  'fault',
  'stopped',
  'too_many',
  'refused',
  'no_answer',
] as const
export type PhonePostReason = (typeof phonePostReasons)[number]

/** A receipt, reply or click that the simulator posts in the vendor's name. */
export interface PhonePost {
  id: string
  kind: 'receipt' | 'reply' | 'click'
  /** Of a receipt. */
  state: (typeof receiptStates)[number] | null
  /** Of a click. */
  url: string | null
  /** When it was posted, or will be. */
  at: number
  /** Method and address, a provider's key masked; empty until they are known. */
  target: string
  /** `waiting`: its delay is not over, or the answer is on its way. */
  outcome: 'waiting' | 'taken' | 'failed'
  /** The HTTP status that answered it; null: none, or none yet. */
  answer: number | null
  reason: PhonePostReason | null
  /** In words; null where nothing is to be said. */
  why: string | null
}

export interface PhoneEntry {
  id: string
  direction: 'received' | 'replied'
  at: number
  text: string
  /** `generic`, or the id of a vendor. */
  vendor: string
  /** Who sent it, as the handset shows it; of a reply, whom it goes to. May be empty. */
  from: string
  /** The workbench's own message, where it is known; of a reply the one that it answers. */
  messageId: string | null
  /** Of a received message its receipts and clicks, of a reply the reply itself; oldest first. 50 at most, the newest. */
  posts: PhonePost[]
}

const entryId = z.string().max(60)

export const phoneCommands = {
  'simulator.receipts': command(z.void()).returns<SimulatedReceipts>(),
  /** They hold for the messages that come from now on, and are kept across restarts. */
  'simulator.setReceipts': command(simulatedReceiptsSchema).returns<SimulatedReceipts>(),
  /** What was sent back for one of the requests that the simulator took; of several recipients for the first 50. */
  'simulator.posts': command(z.object({ id: entryId })).returns<PhonePost[]>(),

  /** Newest first; `search` is part of a number or of its newest text. */
  'phone.numbers': command(
    z.object({ search: z.string().max(100), limit: z.number().int().min(1).max(500).default(200) }),
  ).returns<{ numbers: PhoneNumber[]; total: number }>(),
  /** Oldest first: the newest `limit` entries, or those before the entry `before`. Empty for a number that is not known. */
  'phone.thread': command(
    z.object({
      number: z.string().max(100),
      before: entryId.nullable().default(null),
      limit: z.number().int().min(1).max(200).default(50),
    }),
  ).returns<{ entries: PhoneEntry[]; more: boolean }>(),
  /**
   * Replies to the message `to` (an entry's id), or to the newest that the number received. Answers at once, posted or
   * not. Throws `not_found` when the number got none.
   */
  'phone.reply': command(
    z.object({
      number: z.string().max(100),
      text: z.string().trim().min(1, 'Write a reply.').max(1600),
      to: entryId.nullable().default(null),
    }),
  ).returns<PhoneEntry>(),
  /** Clicks a link of a received message. Throws `not_found`. */
  'phone.click': command(z.object({ id: entryId, url: z.string().min(1).max(2000) })).returns<PhoneEntry>(),
  /** Posts once more what failed. Throws `not_found`. */
  'phone.postAgain': command(z.object({ id: entryId, postId: entryId })).returns<PhoneEntry>(),
}
