import { z } from 'zod'
import type { AttemptOutcome, RecordedRequest, RecordedResponse, Timings } from './message.ts'
import { providerDraftSchema } from './provider.ts'
import { codeMeaningsSchema, readingSchema, successRuleSchema } from './success-rule.ts'

/** What the tools of the provider's form take and give: they try its settings out without sending a message. */
export const previewInputSchema = z.object({
  draft: providerDraftSchema,
  to: z.string().max(100),
  country: z.string().length(2).nullable(),
  text: z.string().max(10_000),
  values: z.record(z.string().max(100), z.string().max(10_000)),
  /** Secrets spelt out; an access token of OAuth 2.0 never is. */
  reveal: z.boolean(),
})
export type PreviewInput = z.infer<typeof previewInputSchema>

/** The request as it would go out. A number, text or value that is missing is shown by its placeholder's name. */
export type Preview = { ok: true; request: RecordedRequest } | { ok: false; problem: string }

export const readAnswerInputSchema = z.object({
  success: successRuleSchema,
  reading: readingSchema,
  codes: codeMeaningsSchema,
  answer: z.object({
    status: z.number().int(),
    contentType: z.string().max(1000),
    body: z.string().max(300_000),
  }),
})
export type ReadAnswerInput = z.infer<typeof readAnswerInputSchema>

/** What one path or pattern found; `problem` says why nothing, in words, where that is not just absence. */
export interface Found {
  value: string | null
  problem: string | null
}

/** What the rules make of an answer, piece by piece. */
export interface AnswerReading {
  statusFits: boolean
  bodyFits: boolean
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
