import { z } from 'zod'
import { idSchema } from './id.ts'
import type { OutcomeCode } from './outcome.ts'
import { maximumTextLength } from './send-input.ts'
import type { Encoding } from './segments.ts'

/**
 * `loading`: its file is being read; `ready`: not started yet; `cancelled`: what waited is cancelled; `done`: every
 * message has an outcome.
 */
export type BulkState = 'loading' | 'ready' | 'running' | 'paused' | 'cancelled' | 'done'

export const bulkTargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saved'), id: idSchema }),
  z.object({ kind: z.literal('group'), id: idSchema }),
  z.object({ kind: z.literal('route') }),
])
export type BulkTarget = z.infer<typeof bulkTargetSchema>

export const delimiters = [',', ';', '\t', '|'] as const

/** Characters of a file that one call takes. */
export const longestChunk = 128 * 1024
/** Rows of a file below its header. */
export const mostRows = 1_000_000
/** Rows that a dry run shows. */
export const dryRows = 20

/** What is made of a file's rows. In templates `{{name}}` is the cell of the column of that name. */
export const bulkSetupSchema = z.object({
  name: z.string().trim().min(1, 'Enter a name.').max(100, 'Keep the name to 100 characters.'),
  target: bulkTargetSchema,
  /** The first row names the columns; else they are `Column 1`, `Column 2` and so on. */
  hasHeader: z.boolean(),
  delimiter: z.enum(delimiters),
  /** The column of the numbers. */
  numberColumn: z.string().min(1, 'Choose the column of the numbers.').max(1000),
  /** ISO 3166 code for numbers in their national form. */
  country: z.string().length(2).nullable(),
  text: z
    .string()
    .min(1, 'Write the text of the messages.')
    .max(maximumTextLength, `Keep the text to ${maximumTextLength} characters.`),
  /** Templates of the values for custom placeholders, by placeholder. */
  values: z.record(z.string().max(100), z.string().max(10_000)),
  test: z.boolean(),
  /** Messages a second; null: as fast as the providers take them. */
  perSecond: z
    .number()
    .min(0.01, 'Enter at least 0.01 a second.')
    .max(10_000, 'Enter at most 10,000 a second.')
    .nullable(),
})
export type BulkSetup = z.infer<typeof bulkSetupSchema>

/** The beginning of a file: what its columns are. */
export interface BulkColumns {
  delimiter: BulkSetup['delimiter']
  /** The first row names the columns. */
  hasHeader: boolean
  /** No two are the same. */
  columns: string[]
  /** The column that looks most like numbers; the first where none does. */
  numberColumn: string
  /** The first rows below the header, as many as a dry run shows. */
  rows: string[][]
}

/** Where the messages of a bulk test may go, and what they would need and cost. */
export interface BulkTargetView {
  /** Empty for the way by the number's country. */
  name: string
  /** Those that may come to be tried, in their order. */
  providers: string[]
  /** Placeholders whose values are wanted. */
  asked: string[]
  /** Whether they lead to the simulator. */
  simulated: 'all' | 'some' | 'none'
  /** What a segment costs, where every one of them has a price in the same currency. */
  prices: { currency: string; low: number; high: number } | null
}

/** A row of the file that became no message. */
export interface RefusedRow {
  line: number
  /** What stands in the column of the numbers. */
  to: string
  reason: string
}

export interface DryRow {
  /** Of the file's rows below the header, from 1. */
  line: number
  to: string
  country: string | null
  text: string
  encoding: Encoding
  segments: number
  /** Why it will not be sent; null: it will. */
  refusal: string | null
}

export interface BulkFailure {
  state: 'failed' | 'cancelled' | 'undelivered'
  code: OutcomeCode | null
  count: number
}

export interface BulkJob {
  id: string
  name: string
  state: BulkState
  target: BulkTarget
  /** Name of the provider or group as it was when the job was made; empty for a route. */
  targetName: string
  text: string
  test: boolean
  perSecond: number | null
  createdAt: number
  startedAt: number | null
  finishedAt: number | null
  /** Messages in all, and rows of the file that became none. */
  messages: number
  refused: number
  /** Of all messages. */
  segments: number
  /** Of the messages; what is not among them is waiting. */
  sent: number
  failed: number
  cancelled: number
  sending: number
  failures: BulkFailure[]
  /** Why it paused by itself, in words. */
  trouble: string | null
  /** Messages a second that came to their end in the last seconds; null where that is not known. */
  speed: number | null
  /** Milliseconds until it is through at that speed. */
  leftMs: number | null
  /** When it went on by itself as the workbench started; null where it did not, or is not running. */
  resumedAt: number | null
}

export const waitingOf = ({ messages, sent, failed, cancelled, sending }: BulkJob): number =>
  Math.max(0, messages - sent - failed - cancelled - sending)
