import { z } from 'zod'
import { outcomeClasses, outcomeCodes } from '../outcome.ts'
import { statsScopeSchema } from './query.ts'

/** Figures are kept by quarters of an hour, so that a stretch of them begins and ends with one. Milliseconds. */
const quarterMs = 900_000
const timeSchema = z.number().int().multipleOf(quarterMs)

/** What makes errors one reason of the stats. `receipt`, `no_receipt`: accepted, and did not arrive by its receipt, or for want of one. */
export const errorReasonSchema = z.object({
  class: z.enum([...outcomeClasses, 'undelivered']),
  code: z.enum([...outcomeCodes, 'receipt', 'no_receipt']),
  /** The vendor's own; empty where it gave none. */
  vendorCode: z.string().max(200),
  /** Its words, with # for digits; cut after 120 characters. */
  words: z.string().max(240),
})

/** The errors of one reason that the stats of a scope count in a stretch of time. */
export const countedErrorsSchema = errorReasonSchema.extend({
  scope: statsScopeSchema,
  /** Epoch milliseconds; `until` is the first that is left out. */
  since: timeSchema,
  until: timeSchema,
})
export type CountedErrors = z.infer<typeof countedErrorsSchema>

/** By what the store keeps it: its four parts with tabs between. */
export function reasonKey({
  class: kind,
  code,
  vendorCode,
  words,
}: z.infer<typeof errorReasonSchema>): string {
  return [kind, code, vendorCode, words].join('\t')
}
