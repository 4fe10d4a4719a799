import { z } from 'zod'
import { idSchema } from '../id.ts'
import { isDate } from './dates.ts'
import { isZone } from './zone.ts'

/** A range holds no more. */
export const mostDays = 1100

const dateSchema = z.string().refine(isDate, 'Write a date as in 2026-03-29.')

export const statsScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('provider'), id: idSchema }),
  z.object({ kind: z.literal('group'), id: idSchema }),
])
export type StatsScope = z.infer<typeof statsScopeSchema>

/** 'days': today and those before it. 'custom': both dates are in it. All in the zone of the query. */
export const statsRangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('today') }),
  z.object({ kind: z.literal('days'), days: z.number().int().min(1).max(mostDays) }),
  z.object({ kind: z.literal('custom'), from: dateSchema, to: dateSchema }),
])
export type StatsRange = z.infer<typeof statsRangeSchema>

export const statsQuerySchema = z.object({
  scope: statsScopeSchema,
  range: statsRangeSchema,
  /** A name of the IANA's, as in Europe/Berlin. */
  zone: z.string().max(100).refine(isZone, 'Write a time zone as in Europe/Berlin or UTC.'),
  /** With the same number of days before the range. */
  compare: z.boolean().default(false),
  /** Test messages, too. */
  tests: z.boolean().default(false),
  /** Messages to the simulator, too. */
  simulated: z.boolean().default(false),
})
export type StatsQuery = z.infer<typeof statsQuerySchema>
