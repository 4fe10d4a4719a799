import { z } from 'zod'
import { idSchema } from './id.ts'
import { providerDraftSchema } from './provider.ts'

export const maximumTextLength = 10_000

export const sendInputSchema = z.object({
  /**
   * Chosen by the caller, once per intended message, and then the message's id: the same key again answers with the
   * first message's story. Who sends many uses UUIDs of version 7, which keep the index small to write.
   */
  key: idSchema,
  provider: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('saved'), id: idSchema }),
    /** What is typed in the form, saved or not; the secrets not typed are taken from the vault under its id. */
    z.object({ kind: z.literal('draft'), draft: providerDraftSchema }),
    z.object({ kind: z.literal('group'), id: idSchema }),
    /** The group that the number's country is routed by, else the default. */
    z.object({ kind: z.literal('route') }),
  ]),
  to: z.string().max(100),
  /** ISO 3166 code for a number typed in its national form. */
  country: z.string().length(2).nullable(),
  text: z
    .string()
    .min(1, 'Write the text of the message.')
    .max(maximumTextLength, `Keep the text to ${maximumTextLength} characters.`),
  /** Values for custom placeholders, and for `TemplateID`, `TemplateVariables`, `CampaignID` and `CallbackURL`. */
  values: z.record(z.string().max(100), z.string().max(10_000)),
  test: z.boolean(),
  /** The message that this is another run of. */
  runOf: idSchema.optional(),
})
export type SendInput = z.infer<typeof sendInputSchema>

/** A message for one provider, which the members of a group get one after the other. */
export type DirectInput = Omit<SendInput, 'provider'> & {
  provider: Extract<SendInput['provider'], { kind: 'saved' | 'draft' }>
}

/** `queued`: its turn is awaited, as the provider takes so many a second; `token`: an access token is fetched. */
export type SendPhase = 'queued' | 'token' | 'connecting' | 'waiting' | 'receiving'
