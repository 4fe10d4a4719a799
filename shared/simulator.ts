import { z } from 'zod'
import { commonAnswers } from './catalogue/common-answers.ts'
import { receiptFaultSchema } from './simulator-phone.ts'

/** A number whose last digits decide what the simulated provider does with a message to it. */
export interface MagicNumber {
  number: string
  outcome: string
  answer: string
}

export interface SimulatorStatus {
  running: boolean
  /** As in `http://127.0.0.1:8026`; null while stopped. */
  address: string | null
  port: number | null
  received: number
  magicNumbers: MagicNumber[]
}

/** A request as the simulator took it. */
export interface ReceivedMessage {
  id: string
  at: number
  /** `generic`, or the id of a vendor. */
  vendor: string
  to: string
  from: string
  text: string
  /** 0: nothing was answered. */
  status: number
  /** What was answered and why, in words. */
  answer: string
  accepted: boolean
  /** The fault that decided it, in words; null: none did. */
  fault: string | null
  /** Credentials are masked; bodies are cut to 20,000 characters. */
  request: { method: string; path: string; headers: { name: string; value: string }[]; body: string }
  response: { headers: { name: string; value: string }[]; body: string } | null
}

export interface SimulatedVendor {
  id: string
  name: string
  initials: string
  colour: string
  apis: {
    id: string
    label: string
    methods: string[]
    /** Below the simulator's address, as in `/twilio/2010-04-01/Accounts/:accountSid/Messages.json`. */
    paths: string[]
    /** Addresses that read a message back, and others that only answer. */
    reads: string[]
    magicNumbers: (MagicNumber & { party: 'to' | 'from' })[]
    /** All that it can be asked to answer with: a name, and what it says in words. */
    answers: { name: string; words: string; status: number }[]
    /** Which credentials it takes, in words. */
    credentials: string
  }[]
}

const milliseconds = z.number().int().min(1, 'Enter at least 1 ms.').max(120_000, 'Enter at most 120,000 ms.')

/** What is done to a request instead of, or besides, answering it as the vendor would. */
const sendFaultSchema = z.discriminatedUnion('kind', [
  /** One of the answers that every vendor has, in its own shape. */
  z.object({ kind: z.literal('answer'), answer: z.enum(commonAnswers) }),
  /** A bare status with a body of no vendor's. */
  z.object({ kind: z.literal('status'), status: z.number().int().min(300).max(599) }),
  /** The vendor's own answer, later. */
  z.object({ kind: z.literal('latency'), ms: milliseconds }),
  /** Nothing comes back; the connection stays open. */
  z.object({ kind: z.literal('silence') }),
  /** The connection is closed without an answer. */
  z.object({ kind: z.literal('drop') }),
  /** The connection is reset. */
  z.object({ kind: z.literal('reset') }),
  /** The head at once, the body spread over so long. */
  z.object({ kind: z.literal('slowBody'), ms: milliseconds }),
  z.object({ kind: z.literal('wrongBody'), body: z.enum(['html', 'empty', 'cut', 'otherJson']) }),
])
export type SendFault = z.infer<typeof sendFaultSchema>

/** Those of requests and those of receipts are looked through apart: a message may meet one of each. */
export const faultEffectSchema = z.discriminatedUnion('kind', [sendFaultSchema, receiptFaultSchema])
export type FaultEffect = z.infer<typeof faultEffectSchema>

export const faultSchema = z.object({
  id: z.string().min(1).max(40),
  enabled: z.boolean(),
  /** Null: every vendor. */
  vendor: z.string().max(40).nullable(),
  /** Its digits, or the last of them; null: every number. */
  number: z
    .string()
    .regex(/^\+?[0-9]{1,15}$/, 'Enter digits: a whole number, or the last of it.')
    .nullable(),
  /** Of the requests that match, in percent. */
  share: z.number().min(0.1, 'Enter at least 0.1 %.').max(100, 'Enter at most 100 %.'),
  effect: faultEffectSchema,
})
export type Fault = z.infer<typeof faultSchema>

export const simulatorFaultsSchema = z.object({
  /** With the same seed the same requests meet the same faults. */
  seed: z.number().int().min(0).max(4_294_967_295),
  /** The first that matches a request decides. */
  faults: z.array(faultSchema).max(100, 'Keep it to 100 faults.'),
})
export type SimulatorFaults = z.infer<typeof simulatorFaultsSchema>

/** Until a user chooses another: faults are drawn with it, and ids begin elsewhere at each start. */
export const usualSeed = 1

/** Where the simulated generic provider takes messages, below its address. */
export const genericSimulatorPath = '/generic/messages'
export const defaultSimulatorPort = 8026

export const magicNumbers: MagicNumber[] = [
  { number: '+15005550006', outcome: 'Accepted', answer: '201 with a message id' },
  { number: '+15005550001', outcome: 'Invalid number', answer: '400, code invalid_number' },
  { number: '+15005550004', outcome: 'Opted out', answer: '400, code opted_out' },
  { number: '+15005550002', outcome: 'Bad credentials', answer: '401, code bad_credentials' },
  { number: '+15005550003', outcome: 'No credit', answer: '402, code no_credit' },
  { number: '+15005550007', outcome: 'Rate limited', answer: '429 with Retry-After: 30' },
  { number: '+15005550008', outcome: 'Server error', answer: '500' },
  { number: '+15005550009', outcome: 'No answer', answer: 'the request is taken, nothing comes back' },
  {
    number: '+15005550010',
    outcome: 'Connection reset',
    answer: 'the request is taken, the connection is reset',
  },
  { number: '+15005550011', outcome: 'Failure told in a 200', answer: '200 with "status": "error"' },
  { number: '+15005550012', outcome: 'Slow answer', answer: '201 after 2 seconds' },
  { number: '+15005550013', outcome: 'Undelivered', answer: 'accepted; the receipt says undelivered' },
  { number: '+15005550014', outcome: 'Rejected', answer: 'accepted; the receipt says rejected' },
  { number: '+15005550015', outcome: 'Expired', answer: 'accepted; the receipt says expired' },
  { number: '+15005550016', outcome: 'No receipt', answer: 'accepted; no receipt ever comes' },
  {
    number: '+15005550017',
    outcome: 'Receipt before the answer',
    answer: 'accepted, and answered after the receipts',
  },
  { number: '+15005550018', outcome: 'Replies STOP', answer: 'accepted, delivered, and answered with STOP' },
]
