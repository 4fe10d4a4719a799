import { z } from 'zod'
import { idSchema } from './id.ts'
import type { RecordedRequest, RecordedResponse, Timings } from './attempt.ts'
import type { AttemptOutcome } from './outcome.ts'
import { vendorChoiceSchema } from './catalogue/choice.ts'
import { providerKindSchema, typedSecretsSchema } from './provider.ts'
import { authSchema, numberFormats, parametersSchema, rowSchema } from './settings.ts'
import { meaningClasses } from './success-rule.ts'

/**
 * What the tools of the provider's form take and give: they try its settings out without sending a message. They take
 * half-typed settings as well, and say in words what is not usable yet.
 */
export const previewInputSchema = z.object({
  draft: z.object({
    id: idSchema,
    /** With a vendor's kind the request is made from its choice, half typed as it may be, and not read from `settings`. */
    kind: providerKindSchema.optional(),
    vendor: vendorChoiceSchema.nullable().optional(),
    settings: z.object({
      method: z.enum(['GET', 'POST']),
      endpoint: z.string().max(20_000),
      auth: authSchema,
      headers: z.array(rowSchema).max(200),
      parameters: parametersSchema,
      batch: z.object({ array: z.string().max(1000) }).nullable(),
      from: z.string().max(1000),
      numberFormat: z.enum(numberFormats).default('e164'),
    }),
    secrets: typedSecretsSchema,
  }),
  to: z.string().max(100),
  country: z.string().length(2).nullable(),
  text: z.string().max(20_000),
  values: z.record(z.string().max(100), z.string().max(20_000)),
  /** Secrets spelt out; an access token of OAuth 2.0 never is. */
  reveal: z.boolean(),
})
export type PreviewInput = z.infer<typeof previewInputSchema>

/**
 * The request as it would go out. A number, text or value that is missing, or a number that cannot be sent to, is
 * shown by its placeholder's name; with batches there is a second record, all of names. `problem` is in words.
 */
export type Preview = { ok: true; request: RecordedRequest } | { ok: false; problem: string }

const halfTyped = z.string().max(20_000)

/** The rules as they stand in the form: a number that is not one yet fits no status. */
export const readAnswerInputSchema = z.object({
  success: z.object({
    statusFrom: z.number().nullable().catch(null),
    statusTo: z.number().nullable().catch(null),
    body: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('none') }),
      z.object({
        kind: z.literal('json'),
        path: halfTyped,
        equals: halfTyped,
        or: z.array(halfTyped).max(1000).optional(),
      }),
      z.object({ kind: z.literal('xml'), path: halfTyped, equals: halfTyped }),
      z.object({ kind: z.literal('contains'), text: halfTyped }),
      z.object({ kind: z.literal('matches'), pattern: halfTyped }),
    ]),
  }),
  reading: z.object({ messageId: halfTyped, errorCode: halfTyped, errorText: halfTyped }),
  codes: z
    .array(
      z.object({
        code: halfTyped,
        class: z.enum(meaningClasses),
        cause: halfTyped.optional(),
        next: halfTyped.optional(),
      }),
    )
    .max(1000),
  answer: z.object({
    status: z.number().int(),
    contentType: z.string().max(20_000),
    body: z.string().max(1_000_000),
  }),
})
export type ReadAnswerInput = z.infer<typeof readAnswerInputSchema>

/** What one path or pattern found; `problem` says in words why nothing was. Both null: there is no such rule. */
export interface Found {
  value: string | null
  problem: string | null
}

/** What the rules make of an answer, piece by piece. */
export interface AnswerReading {
  statusFits: boolean
  bodyFits: boolean
  /** What the body test looked at: the value at its path, the text or the part that its pattern matched. */
  body: Found
  messageId: Found
  errorCode: Found
  errorText: Found
  outcome: AttemptOutcome
}

/** What a token server answered. The token itself never leaves the workbench: its place in the body is masked. */
export interface TokenTest {
  /** `accepted` when a token came. */
  outcome: AttemptOutcome
  request: RecordedRequest | null
  response: RecordedResponse | null
  timings: Timings | null
  /** Epoch milliseconds; null when the server does not say. */
  expiresAt: number | null
  scope: string | null
}
