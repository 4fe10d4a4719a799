import { z } from 'zod'
import { callbackMappingSchema } from './callbacks/format.ts'
import { codeMeaningsSchema, readingSchema, successRuleSchema } from './success-rule.ts'
import { settingsIssues } from './settings-checks.ts'
import { defaultTimeouts, timeoutsSchema } from './timeouts.ts'

/**
 * A provider as its user describes it. Every text of the settings may hold placeholders (`$$To`) and references to
 * secrets (`{{secret:name}}`); a secret's value itself is never part of the settings.
 */
export const rowSchema = z.object({
  name: z.string().max(500, 'Keep the name to 500 characters.'),
  value: z.string().max(20_000, 'Keep the value to 20,000 characters.'),
  enabled: z.boolean(),
})
export type Row = z.infer<typeof rowSchema>

/** OAuth 2.0 client credentials (RFC 6749, 4.4). The token is fetched when it is needed and kept while it is valid. */
const oauth2Schema = z.object({
  kind: z.literal('oauth2'),
  tokenUrl: z.string().trim().max(8000),
  clientId: z.string().max(2000),
  clientSecret: z.string().max(20_000),
  scope: z.string().max(2000),
  /** Where the client's id and secret go: a Basic header, or the body of the token request. */
  credentialsIn: z.enum(['header', 'body']),
  /** Further parameters of the token request, such as `audience`. */
  parameters: z.array(rowSchema).max(50),
})
export type OAuth2 = z.infer<typeof oauth2Schema>

export const authSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('basic'), username: z.string().max(2000), password: z.string().max(2000) }),
  z.object({ kind: z.literal('bearer'), token: z.string().max(20_000) }),
  oauth2Schema,
])
export type Auth = z.infer<typeof authSchema>

/**
 * A JSON body that carries several messages: the array at the root object's key `array` holds one record, which is
 * repeated for each message of a request, `size` at most.
 */
export const batchSchema = z.object({
  array: z.string().trim().max(200),
  size: z.number().int('Enter a whole number.').min(1, 'Enter at least 1.').max(1000, 'Enter at most 1000.'),
})
export type Batch = z.infer<typeof batchSchema>

export const parametersSchema = z.discriminatedUnion('kind', [
  /** A query string with GET, x-www-form-urlencoded with POST. */
  z.object({ kind: z.literal('form'), rows: z.array(rowSchema).max(200, 'Keep it to 200 rows.') }),
  z.object({
    kind: z.literal('raw'),
    contentType: z.string().max(200),
    text: z.string().max(200_000, 'Keep the body to 200,000 characters.'),
  }),
])
export type Parameters = z.infer<typeof parametersSchema>

export const proxySchema = z.discriminatedUnion('kind', [
  /** What the operating system or the environment says; addresses of this machine are always reached directly. */
  z.object({ kind: z.literal('system') }),
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('manual'),
    /** `http://host:port`; the credentials stand apart, as the password may be a secret. */
    address: z.string().trim().max(500),
    username: z.string().max(2000),
    password: z.string().max(2000),
  }),
])
export type Proxy = z.infer<typeof proxySchema>

const connectionSchema = z.object({
  proxy: proxySchema,
  /** Certificates in PEM that are trusted besides the well-known authorities; empty: none. */
  authorities: z.string().max(200_000),
})
export type Connection = z.infer<typeof connectionSchema>

/** What one segment costs, in units of the currency (ISO 4217). */
export const priceSchema = z.object({
  perSegment: z.number().min(0, 'Enter 0 or more.').max(1_000_000, 'Enter at most 1,000,000.'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'Enter a currency’s three letters, such as USD.'),
})
export type Price = z.infer<typeof priceSchema>

const ratePerSecondSchema = z
  .number()
  .min(0.01, 'Enter at least 0.01 a second.')
  .max(10_000, 'Enter at most 10,000 a second.')

const atOnceSchema = z
  .number()
  .int('Enter a whole number.')
  .min(1, 'Enter 1 or more.')
  .max(500, 'Enter at most 500.')

/** How many messages are on their way to a provider at once, test sends not counted. */
export const usualAtOnce = 50

const endpointSchema = z
  .string()
  .trim()
  .min(1, 'Enter the address that takes the messages.')
  .max(8000, 'Keep the address to 8000 characters.')
  .regex(
    /^https?:\/\/[^\s/?#]/i,
    'Start with https:// or http:// and the host, as in https://api.example.com/sms.',
  )

/** How `$$To` reads: `+14155550123`, `14155550123`, or without the country code, `4155550123`. */
export const numberFormats = ['e164', 'digits', 'national'] as const
export type NumberFormat = (typeof numberFormats)[number]

/** What was added after the first version has a default, so that settings saved before it can still be read. */
const settingsShape = z.object({
  method: z.enum(['GET', 'POST']),
  endpoint: endpointSchema,
  auth: authSchema,
  headers: z.array(rowSchema).max(100, 'Keep it to 100 headers.'),
  parameters: parametersSchema,
  /** Only with a raw JSON body; null: one message a request. */
  batch: batchSchema.nullable().default(null),
  /** What `$$From` becomes: a sender ID, a long code or a short code. */
  from: z.string().trim().max(50),
  numberFormat: z.enum(numberFormats).default('e164'),
  success: successRuleSchema,
  reading: readingSchema,
  codes: codeMeaningsSchema.default([]),
  timeouts: timeoutsSchema,
  connection: connectionSchema.default({ proxy: { kind: 'system' }, authorities: '' }),
  /** Messages a second that the provider takes; null: no limit. */
  ratePerSecond: ratePerSecondSchema.nullable().default(null),
  /** Messages that may be on their way to the provider at once; test sends are not held back. */
  atOnce: atOnceSchema.default(usualAtOnce),
  price: priceSchema.nullable().default(null),
  /** How its callbacks read, beside the platform's own JSON and the vendor's formats; null: none of its own. */
  callbacks: callbackMappingSchema.nullable().default(null),
})

export const settingsSchema = settingsShape.superRefine((settings, context) => {
  for (const { path, message } of settingsIssues(settings)) {
    context.addIssue({ code: 'custom', path, message })
  }
})
export type ProviderSettings = z.infer<typeof settingsSchema>

export function emptySettings(): ProviderSettings {
  return {
    method: 'POST',
    endpoint: '',
    auth: { kind: 'none' },
    headers: [],
    parameters: {
      kind: 'form',
      rows: [
        { name: 'to', value: '$$To', enabled: true },
        { name: 'text', value: '$$Body', enabled: true },
      ],
    },
    batch: null,
    from: '',
    numberFormat: 'e164',
    success: { statusFrom: 200, statusTo: 299, body: { kind: 'none' } },
    reading: { messageId: '', errorCode: '', errorText: '' },
    codes: [],
    timeouts: { ...defaultTimeouts },
    connection: { proxy: { kind: 'system' }, authorities: '' },
    ratePerSecond: null,
    atOnce: usualAtOnce,
    price: null,
    callbacks: null,
  }
}
