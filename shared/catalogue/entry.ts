import { z } from 'zod'
import { vendorCallbacksSchema } from '../callbacks/format.ts'
import { numberFormats } from '../settings.ts'
import { codeMeaningsSchema, readingSchema, successRuleSchema } from '../success-rule.ts'
import { toPattern } from '../reading-expression.ts'
import { entryIssues } from './entry-checks.ts'
import { simulatedSchema } from './simulated.ts'

export type { VendorChoice } from './choice.ts'

/*
 * A vendor of the catalogue, as one data file under `resources/catalogue/` describes it: what to ask for, the request,
 * how its answers read, what its codes mean, and how the simulator imitates it.
 *
 * Texts of the request may hold `{{field:key}}` (what the user typed), `{{secret:key}}` (a secret field), placeholders of
 * the message (`$$To`) and `{{encoding:TEXT|UNICODE}}` (the first for texts in GSM-7, the second for UCS-2). A row, or a
 * key of a JSON body, whose text refers to a field that is empty is left out, and so is what is empty because of that.
 * `{{field:one|other}}` is the first of them that is not empty; of several secrets the last stands while none is set.
 */

const key = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'A key is letters and digits, the first a small letter.')
const words = z.string().trim().min(1).max(600)
const pattern = z
  .string()
  .refine((text) => toPattern(text) !== null, 'This is not a valid regular expression.')

export const fieldSections = ['account', 'sender', 'india', 'options', 'callbacks'] as const

export const fieldSchema = z.strictObject({
  key,
  label: z.string().min(1).max(60),
  section: z.enum(fieldSections),
  /** What it is and where at the vendor's it is found, in a sentence or two. */
  help: words,
  required: z.boolean().default(false),
  secret: z.boolean().default(false),
  /** An example of its shape, never a real value. */
  example: z.string().max(80).default(''),
  default: z.string().max(200).default(''),
  /** Whole values only: `^…$`. */
  pattern: pattern.optional(),
  /** The pattern in words, as in "AC and 32 hex digits"; wanted with a pattern. */
  shape: z.string().max(120).optional(),
  /** A list to choose from, instead of a text. */
  choices: z
    .array(z.strictObject({ value: z.string().max(100), label: z.string().min(1).max(80) }))
    .optional(),
  /**
   * What a paste is cleaned of, with a note. `token`: all spaces, quotes around it, a prefix such as `Bearer `. `host`:
   * also a scheme and a path. `text`: spaces at its ends.
   */
  clean: z.enum(['token', 'host', 'text']).default('text'),
  /** It may hold placeholders such as `$$TemplateID`, to be filled in for each message. */
  placeholders: z.boolean().default(false),
  /** Asked for with these of the vendor's APIs only; all of them when left out. */
  apis: z.array(key).optional(),
})
export type VendorField = z.infer<typeof fieldSchema>

export const ruleSchema = z.strictObject({
  kind: z.enum(['atLeastOneOf', 'exactlyOneOf', 'together']),
  fields: z.array(key).min(2),
  /** What to say at the fields when the rule is broken. */
  words,
  apis: z.array(key).optional(),
})
export type FieldRule = z.infer<typeof ruleSchema>

const template = z.string().max(2000)
const rowTemplate = z.strictObject({ name: template, value: template })

const requestSchema = z.strictObject({
  method: z.enum(['GET', 'POST']),
  /** https, and with the vendor's own host; `{{field:…}}` may stand in host and path. */
  endpoint: template.regex(/^https?:\/\/[^\s/?#]/),
  auth: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('basic'), username: template, password: template }),
    z.strictObject({ kind: z.literal('bearer'), token: template }),
  ]),
  headers: z.array(rowTemplate).default([]),
  /** `form` is a query string with GET. In JSON `{"$number": "key"}` and `{"$boolean": "key"}` stand for a field's value. */
  body: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('form'), rows: z.array(rowTemplate) }),
    z.strictObject({ kind: z.literal('json'), value: z.json() }),
  ]),
})
export type RequestTemplate = z.infer<typeof requestSchema>

const apiSchema = z.strictObject({
  id: key,
  label: z.string().min(1).max(60),
  help: words.optional(),
  request: requestSchema,
  /** What `$$From` becomes; usually `{{field:from}}`. */
  from: template.default(''),
  numberFormat: z.enum(numberFormats),
  success: successRuleSchema,
  reading: readingSchema,
  simulated: simulatedSchema,
})
export type VendorApi = z.infer<typeof apiSchema>

export const codesSchema = codeMeaningsSchema

const entrySchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9]{1,29}$/),
  /** Grows with each change, so that saved providers are compiled anew. */
  version: z.number().int().min(1),
  name: z.string().min(1).max(40),
  /** Other names that one may search for. */
  aliases: z.array(z.string().max(40)).default([]),
  initials: z.string().min(1).max(2),
  /** The mark's ground, `#rrggbb`; initials stand on it in white or black, whichever reads better. */
  colour: z.string().regex(/^#[0-9a-f]{6}$/),
  /** Where it is mostly used: ISO 3166-1 alpha-2, or empty for everywhere. */
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).default([]),
  /** What one needs to have at hand, in a few words: "Account SID, Auth Token, a number". */
  needs: words,
  /** How sure the facts are. */
  confidence: z.enum(['high', 'medium', 'low']),
  /** What is not known for sure, a sentence each; shown in the form of a preset that is not of high confidence. */
  uncertain: z.array(words).default([]),
  /** The vendor's documentation, as an address to be shown, never opened by itself. */
  documentation: z.string().max(200),
  sources: z.array(z.string().min(1)).min(1),
  fields: z.array(fieldSchema).min(1),
  rules: z.array(ruleSchema).default([]),
  /** The first is proposed. */
  apis: z.array(apiSchema).min(1),
  /** All of its codes that are known, each with its class and plain words for cause and next step. */
  codes: codesSchema,
  /** What is known of its rate limits, in words; empty: nothing. */
  rateNote: z.string().default(''),
  /** How it calls back; null: nothing is known of it. */
  callbacks: vendorCallbacksSchema.nullable(),
})

export const vendorSchema = entrySchema.superRefine((entry, context) => {
  for (const { path, message } of entryIssues(entry)) context.addIssue({ code: 'custom', path, message })
})
export type Vendor = z.infer<typeof entrySchema>

/** What the page needs of a vendor: all but how it is imitated. */
export type VendorForm = Omit<Vendor, 'apis'> & { apis: Omit<VendorApi, 'simulated'>[] }

/** A row of the picker. */
export type VendorSummary = Pick<
  Vendor,
  'id' | 'name' | 'aliases' | 'initials' | 'colour' | 'countries' | 'needs' | 'confidence'
>
