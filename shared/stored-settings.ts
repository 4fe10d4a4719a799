import { z } from 'zod'
import { batchSchema, emptySettings, numberFormats, priceSchema, settingsSchema } from './settings.ts'
import type { ProviderSettings } from './settings.ts'
import { meaningClasses } from './success-rule.ts'
import { timeoutsSchema } from './timeouts.ts'

/*
 * Settings as they are stored were checked by the rules of their own time. Rules grow stricter, and a form has to open
 * for what they refuse now: only the shape is asked for here, and the checks are left to saving.
 */

const text = z.string()
const row = z.object({ name: text, value: text, enabled: z.boolean() })

const auth = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('basic'), username: text, password: text }),
  z.object({ kind: z.literal('bearer'), token: text }),
  z.object({
    kind: z.literal('oauth2'),
    tokenUrl: text,
    clientId: text,
    clientSecret: text,
    scope: text,
    credentialsIn: z.enum(['header', 'body']),
    parameters: z.array(row),
  }),
])

const bodyTest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('json'), path: text, equals: text, or: z.array(text).optional() }),
  z.object({ kind: z.literal('xml'), path: text, equals: text }),
  z.object({ kind: z.literal('contains'), text }),
  z.object({ kind: z.literal('matches'), pattern: text }),
])

const proxy = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('system') }),
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('manual'), address: text, username: text, password: text }),
])

/** Numbers keep their bounds: a time-out or a rate beyond them would do something else than it says. */
const shape = {
  method: z.enum(['GET', 'POST']),
  endpoint: text,
  auth,
  headers: z.array(row),
  parameters: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('form'), rows: z.array(row) }),
    z.object({ kind: z.literal('raw'), contentType: text, text }),
  ]),
  batch: z.object({ array: text, size: batchSchema.shape.size }).nullable().default(null),
  from: text,
  numberFormat: z.enum(numberFormats).default('e164'),
  success: z.object({ statusFrom: z.number(), statusTo: z.number(), body: bodyTest }),
  reading: z.object({ messageId: text, errorCode: text, errorText: text }),
  codes: z
    .array(
      z.object({
        code: text,
        class: z.enum(meaningClasses),
        cause: text.optional(),
        next: text.optional(),
      }),
    )
    .default([]),
  timeouts: timeoutsSchema,
  connection: z.object({ proxy, authorities: text }).default({ proxy: { kind: 'system' }, authorities: '' }),
  ratePerSecond: settingsSchema.shape.ratePerSecond,
  atOnce: settingsSchema.shape.atOnce,
  price: z.object({ perSegment: priceSchema.shape.perSegment, currency: text }).nullable().default(null),
  callbacks: settingsSchema.shape.callbacks,
} satisfies { [Key in keyof ProviderSettings]: z.ZodType<ProviderSettings[Key]> }

export interface StoredSettings {
  settings: ProviderSettings
  /** What has to be mended before they can be saved again, in words; null: nothing. */
  issue: string | null
  /** Parts that could not be read, in words; those are as in a new provider, and nothing may be sent with them. */
  lost: string | null
}

/** Never throws: whatever is stored becomes settings that a form can show. */
export function readStoredSettings(stored: string): StoredSettings {
  const written = objectOf(stored)
  if (written === null)
    return {
      settings: emptySettings(),
      issue: null,
      lost: 'The stored settings cannot be read. Enter them again.',
    }
  const parts = Object.entries(shape).map(([name, schema]) => {
    const read = schema.safeParse(written[name])
    return { name, read }
  })
  const settings = {
    ...emptySettings(),
    ...Object.fromEntries(parts.flatMap(({ name, read }) => (read.success ? [[name, read.data]] : []))),
  }
  const names = parts
    .filter(({ read }) => !read.success)
    .map(({ name }) => wordOf[name as keyof typeof shape])
  if (names.length > 0)
    return {
      settings,
      issue: null,
      lost: `Parts of the stored settings cannot be read: ${names.join(', ')}. Enter them again.`,
    }
  const checked = settingsSchema.safeParse(settings)
  return checked.success
    ? { settings: checked.data, issue: null, lost: null }
    : { settings, issue: checked.error.issues[0]?.message ?? null, lost: null }
}

function objectOf(stored: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(stored)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

const wordOf: Record<keyof ProviderSettings, string> = {
  method: 'method',
  endpoint: 'endpoint',
  auth: 'authentication',
  headers: 'headers',
  parameters: 'parameters',
  batch: 'batches',
  from: 'sender',
  numberFormat: 'number format',
  success: 'success rule',
  reading: 'answer readings',
  codes: 'error codes',
  timeouts: 'time-outs',
  connection: 'connection',
  ratePerSecond: 'rate limit',
  atOnce: 'messages at once',
  price: 'price',
  callbacks: 'callbacks',
}
