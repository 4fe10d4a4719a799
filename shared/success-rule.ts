import { z } from 'zod'

const pattern = z
  .string()
  .min(1, 'Enter a regular expression.')
  .max(2000)
  .refine(isPattern, 'This is not a valid regular expression.')

function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text))
  } catch {
    return false
  }
}

/** What counts as accepted: a status range and, as many gateways answer 200 with an error text, a test on the body. */
export const bodyTestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  /** The value at a JSON path exists (empty `equals`) or reads the same as `equals`. */
  z.object({
    kind: z.literal('json'),
    path: z.string().trim().min(1, 'Enter a JSON path.').max(500),
    equals: z.string().max(500),
  }),
  /** The same for XML: `/response/status`, `/response/@code`, `//status`. */
  z.object({
    kind: z.literal('xml'),
    path: z.string().trim().min(1, 'Enter an XML path.').max(500),
    equals: z.string().max(500),
  }),
  z.object({ kind: z.literal('contains'), text: z.string().min(1, 'Enter the text to look for.').max(2000) }),
  z.object({ kind: z.literal('matches'), pattern }),
])
export type BodyTest = z.infer<typeof bodyTestSchema>

const status = z
  .number()
  .int('Enter a whole number.')
  .min(100, 'Enter 100 to 599.')
  .max(599, 'Enter 100 to 599.')

export const successRuleSchema = z.object({ statusFrom: status, statusTo: status, body: bodyTestSchema })
export type SuccessRule = z.infer<typeof successRuleSchema>

/**
 * Where the answer holds the vendor's id, error code and error text; empty: nowhere. A JSON path (`messages[0].id`), an
 * XML path, which starts with a slash (`/response/id`, `/response/@code`), or, for plain text, a regular expression
 * after a tilde, whose first group is read (`~^OK (\\d+)`).
 */
export const readingSchema = z.object({
  messageId: z.string().trim().max(500),
  errorCode: z.string().trim().max(500),
  errorText: z.string().trim().max(500),
})
export type Reading = z.infer<typeof readingSchema>

/** What a vendor's own code says of an attempt that was not accepted. */
export const meaningClasses = ['rejected', 'unavailable', 'misconfigured', 'unknown'] as const
export type MeaningClass = (typeof meaningClasses)[number]

export const codeMeaningsSchema = z
  .array(
    z.object({
      /** As the answer's error code reads. */
      code: z.string().trim().min(1, 'Enter the vendor’s code.').max(200),
      class: z.enum(meaningClasses),
    }),
  )
  .max(500)
export type CodeMeaning = z.infer<typeof codeMeaningsSchema>[number]
