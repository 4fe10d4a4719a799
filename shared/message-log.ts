import { z } from 'zod'
import { idSchema } from './id.ts'
import { shownState, shownStates, type MessageSummary } from './message.ts'
import { outcomeClasses, outcomeCodes } from './outcome.ts'
import { fitsWords, searchWords } from './message-search.ts'
import { countedErrorsSchema } from './stats/counted-errors.ts'

/** Everything that is given has to hold. */
export const messageFilterSchema = z.object({
  /** Words, each of which stands in the text or the number. */
  text: z.string().max(200).optional(),
  /** The provider that took it, or was tried last. */
  providerId: idSchema.nullable(),
  groupId: idSchema.optional(),
  /** Those of a bulk test. */
  bulkId: idSchema.optional(),
  /** One of these, as the log shows them. */
  states: z.array(z.enum(shownStates)).min(1).max(shownStates.length).optional(),
  outcomeClass: z.enum(outcomeClasses).optional(),
  outcomeCode: z.enum(outcomeCodes).optional(),
  /** ISO 3166. */
  country: z.string().length(2).optional(),
  /** Only test sends, or only others. */
  test: z.boolean().optional(),
  simulated: z.boolean().optional(),
  mayArriveTwice: z.boolean().optional(),
  /** Epoch milliseconds; `until` is the first that is left out. */
  since: z.number().int().optional(),
  until: z.number().int().optional(),
  /** Those behind a number of the stats' errors by reason; its times are those of the answers that are counted. */
  counted: countedErrorsSchema.optional(),
})
export type LogFilter = z.infer<typeof messageFilterSchema>

export const messageListSchema = messageFilterSchema.extend({
  /** The id of the last message of the page above. */
  before: idSchema.nullable(),
  /** Where the page above ended, in place of `before`. */
  cursor: z.number().int().min(0).optional(),
  /** The next ones that are newer than this place: the `top` of a page before, or the `cursor` of such an answer. */
  after: z.number().int().min(0).optional(),
  limit: z.number().int().min(1).max(500),
})
export type MessageListInput = z.infer<typeof messageListSchema>

/** `cursor`: where a count before it stopped, which this one goes on from. */
export const messageCountSchema = messageFilterSchema.extend({ cursor: z.number().int().min(0).optional() })

export interface MessageCount {
  count: number
  /** There may be others. */
  more: boolean
  /** Where it stopped. */
  cursor: number
}

/** A count goes no further. */
export const mostCounted = 10_000

export interface MessagePage {
  /** Newest first, whichever way was asked for. */
  messages: MessageSummary[]
  more: boolean
  /** Where it stopped. */
  cursor: number
  /** The place of the newest message of all when this was looked for. */
  top: number
}

/** Messages that can be asked for by their ids at once. */
export const mostAskedById = 200

/** Longest that a filter's name may be. */
export const longestFilterName = 80

export const savedFilterSchema = z.object({
  id: idSchema,
  name: z
    .string()
    .trim()
    .min(1, 'Write a name.')
    .max(longestFilterName, `Keep it to ${longestFilterName} characters.`),
  /** The parts of the log's address. */
  filter: z.record(z.string().max(40), z.string().max(300)),
})
export type SavedFilter = z.infer<typeof savedFilterSchema>

/**
 * Whether one message fits, as the store would say; for those that come while the log is open. Of errors that the stats count
 * only the store can tell: then it is whether the message may be among them.
 */
export function fitsLogFilter(message: MessageSummary, filter: LogFilter): boolean {
  const same = <T>(wanted: T | null | undefined, is: T) =>
    wanted === undefined || wanted === null || wanted === is
  return (
    // These are told of by their job.
    filter.bulkId === undefined &&
    (filter.counted === undefined || mayBeCounted(message)) &&
    same(filter.providerId, message.providerId) &&
    same(filter.groupId, message.groupId) &&
    (filter.states?.includes(shownState(message)) ?? true) &&
    same(filter.outcomeClass, message.outcomeClass) &&
    same(filter.outcomeCode, message.outcomeCode) &&
    same(filter.country, message.country) &&
    same(filter.test, message.test) &&
    same(filter.simulated, message.simulated) &&
    same(filter.mayArriveTwice, message.mayArriveTwice) &&
    message.createdAt >= (filter.since ?? -Infinity) &&
    message.createdAt < (filter.until ?? Infinity) &&
    fitsWords(message.to, message.text, searchWords(filter.text ?? ''))
  )
}

/** Whatever was accepted at once went well, unless a receipt said otherwise. */
function mayBeCounted({ state, attempts }: MessageSummary): boolean {
  return attempts > 1 || (state !== 'sent' && state !== 'delivered')
}
