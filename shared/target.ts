import { z } from 'zod'
import { idSchema } from './id.ts'

/** What a message can be sent through, apart from settings that are not saved. */
export const targetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saved'), id: idSchema }),
  z.object({ kind: z.literal('group'), id: idSchema }),
  /** The group that the number's country is routed by, else the default. */
  z.object({ kind: z.literal('route') }),
])
export type Target = z.infer<typeof targetSchema>

export const targetInputSchema = z.object({
  target: targetSchema,
  to: z.string().max(100),
  /** ISO 3166 code for a number typed in its national form. */
  country: z.string().length(2).nullable(),
})

/** Where a message would go now, and what it would need. */
export interface TargetView {
  /** The provider or the group itself, also where it was found by the number's country. */
  kind: 'provider' | 'group'
  id: string
  name: string
  /** Placeholders whose values the sender gives: those of all providers that may come to be tried. */
  asked: string[]
  /** The providers that may come to be tried, in their order; archived and deleted ones are left out. */
  providers: { id: string; name: string; kind: string; api: string; simulated: boolean }[]
}
