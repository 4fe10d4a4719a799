import { z } from 'zod'
import { jsonPathIssue } from './json-path.ts'
import { expressionIssue, patternIssue } from './reading-expression.ts'
import { xmlPathIssue } from './xml-path.ts'

/** A text that a check has something to say about, in words, or null. */
const checked = (text: z.ZodString, issueOf: (text: string) => string | null) =>
  text.superRefine((value, context) => {
    const message = value === '' ? null : issueOf(value)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })

const pattern = checked(z.string().min(1, 'Enter a regular expression.').max(2000), patternIssue)
const jsonPath = checked(z.string().trim().min(1, 'Enter a JSON path.').max(500), jsonPathIssue)
const xmlPath = checked(z.string().trim().min(1, 'Enter an XML path.').max(500), xmlPathIssue)
const expression = checked(z.string().trim().max(500), expressionIssue)

/** What counts as accepted: a status range and, as many gateways answer 200 with an error text, a test on the body. */
export const bodyTestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  /** A value at a JSON path exists (empty `equals`) or reads the same as `equals`; with `[*]`, any element's. */
  z.object({
    kind: z.literal('json'),
    path: jsonPath,
    equals: z.string().max(500),
    /** Further values that count as well as `equals` does. */
    or: z.array(z.string().min(1).max(500)).max(50).optional(),
  }),
  /** The same for XML: `/response/status`, `/response/@code`, `//status`. */
  z.object({
    kind: z.literal('xml'),
    path: xmlPath,
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

/**
 * Where the answer holds the vendor's id, error code and error text; empty: nowhere. A JSON path (`messages[0].id`), an
 * XML path, which starts with a slash (`/response/id`, `/response/@code`), or, for plain text, a regular expression
 * after a tilde, whose first group is read (`~^OK (\\d+)`).
 */
export const readingSchema = z.object({
  messageId: expression,
  errorCode: expression,
  errorText: expression,
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
      /** What it means and what to do about it, in plain words; empty: only what the answer itself says. */
      cause: z.string().trim().max(300, 'Keep it to 300 characters.').optional(),
      next: z.string().trim().max(300, 'Keep it to 300 characters.').optional(),
    }),
  )
  .max(500)
export type CodeMeaning = z.infer<typeof codeMeaningsSchema>[number]
