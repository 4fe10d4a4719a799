import { z } from 'zod'
import { idSchema } from './id.ts'
import { placeholdersIn, secretsIn } from './placeholders.ts'
import { successRuleSchema, readingSchema } from './success-rule.ts'
import { timeoutsSchema } from './timeouts.ts'

/**
 * A provider as its user describes it. Every text of the settings may hold placeholders (`$$To`) and references to
 * secrets (`{{secret:name}}`); a secret's value itself is never part of the settings.
 */
export const rowSchema = z.object({
  name: z.string().max(500),
  value: z.string().max(20_000),
  enabled: z.boolean(),
})
export type Row = z.infer<typeof rowSchema>

export const authSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('basic'), username: z.string().max(2000), password: z.string().max(2000) }),
  z.object({ kind: z.literal('bearer'), token: z.string().max(20_000) }),
])
export type Auth = z.infer<typeof authSchema>

export const parametersSchema = z.discriminatedUnion('kind', [
  /** A query string with GET, x-www-form-urlencoded with POST. */
  z.object({ kind: z.literal('form'), rows: z.array(rowSchema).max(200) }),
  z.object({ kind: z.literal('raw'), contentType: z.string().max(200), text: z.string().max(200_000) }),
])
export type Parameters = z.infer<typeof parametersSchema>

const endpointSchema = z
  .string()
  .trim()
  .min(1, 'Enter the address that takes the messages.')
  .max(8000, 'Keep the address to 8000 characters.')
  .regex(
    /^https?:\/\/[^\s/?#]/i,
    'Start with https:// or http:// and the host, as in https://api.example.com/sms.',
  )

const settingsShape = z.object({
  method: z.enum(['GET', 'POST']),
  endpoint: endpointSchema,
  auth: authSchema,
  headers: z.array(rowSchema).max(100),
  parameters: parametersSchema,
  /** What `$$From` becomes: a sender ID, a long code or a short code. */
  from: z.string().trim().max(50),
  success: successRuleSchema,
  reading: readingSchema,
  timeouts: timeoutsSchema,
})

export const settingsSchema = settingsShape.superRefine((settings, context) => {
  for (const { path, message } of settingsIssues(settings)) {
    context.addIssue({ code: 'custom', path, message })
  }
})
export type ProviderSettings = z.infer<typeof settingsSchema>

interface SettingsIssue {
  path: (string | number)[]
  message: string
}

/** What one field alone cannot tell. */
function settingsIssues(settings: z.infer<typeof settingsShape>): SettingsIssue[] {
  const issues: SettingsIssue[] = []
  const { auth, parameters, success } = settings
  if (success.statusFrom > success.statusTo) {
    issues.push({ path: ['success', 'statusTo'], message: 'The end of the range lies before its start.' })
  }
  if (auth.kind === 'basic' && auth.username === '' && auth.password === '') {
    issues.push({ path: ['auth', 'username'], message: 'Enter the user name, or choose no authentication.' })
  }
  if (auth.kind === 'bearer' && auth.token === '') {
    issues.push({ path: ['auth', 'token'], message: 'Enter the token, or choose no authentication.' })
  }
  issues.push(...rowIssues(settings.headers, ['headers'], headerNameIssue))
  if (parameters.kind === 'form')
    issues.push(...rowIssues(parameters.rows, ['parameters', 'rows'], () => null))
  return issues
}

function rowIssues(
  rows: readonly Row[],
  path: (string | number)[],
  nameIssue: (name: string) => string | null,
): SettingsIssue[] {
  return rows.flatMap((row, index) => {
    if (!row.enabled || (row.name.trim() === '' && row.value === '')) return []
    const message =
      row.name.trim() === '' ? 'Give this value a name, or switch the row off.' : nameIssue(row.name.trim())
    return message === null ? [] : [{ path: [...path, index, 'name'], message }]
  })
}

/** Set by the connection itself; a second one would make the request ambiguous. */
const ownedByConnection = [
  'host',
  'content-length',
  'connection',
  'transfer-encoding',
  'keep-alive',
  'upgrade',
]

/** What is wrong with the name of a header (RFC 9110, 5.1), in words, or null. */
export function headerNameIssue(name: string): string | null {
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name))
    return 'A header name holds letters, digits and hyphens only.'
  if (ownedByConnection.includes(name.toLowerCase()))
    return `${name} is set by the connection itself; remove it.`
  return null
}

export const providerKinds = ['generic'] as const
export type ProviderKind = (typeof providerKinds)[number]

/** Values typed for secrets: only those that are new or replaced; the others stay as they are in the vault. */
export const typedSecretsSchema = z.record(
  z.string().regex(/^(?!__proto__$)[A-Za-z0-9_.-]{1,100}$/),
  z.string().max(20_000),
)

export const providerInputSchema = z.object({
  id: idSchema,
  name: z.string().trim().min(1, 'Give the provider a name.').max(120, 'Keep the name to 120 characters.'),
  kind: z.enum(providerKinds),
  settings: settingsSchema,
  secrets: typedSecretsSchema,
})
export type ProviderInput = z.infer<typeof providerInputSchema>

/** `unreadable`: it was set once, but its key is lost; it has to be entered again. */
export type SecretState = 'set' | 'missing' | 'unreadable'

export interface Provider {
  id: string
  name: string
  kind: ProviderKind
  settings: ProviderSettings
  secrets: { name: string; state: SecretState }[]
  isDefault: boolean
  simulated: boolean
  createdAt: number
  updatedAt: number
}

export interface ProviderCounts {
  sent: number
  delivered: number
  errors: number
}

/** A row of the Providers page. Counts cover the last 30 days; times are epoch milliseconds. */
export interface ProviderSummary {
  id: string
  name: string
  kind: ProviderKind
  endpointHost: string
  isDefault: boolean
  simulated: boolean
  /** `failing`: the last test was not accepted. `needs_attention` says why in `attention`; `secrets_missing` names the secrets to enter again. */
  status: 'ready' | 'untested' | 'failing' | 'needs_attention' | 'secrets_missing'
  attention: string | null
  missingSecrets: string[]
  /** All messages, and the part of them that were test sends. */
  counts: ProviderCounts
  testCounts: ProviderCounts
  lastTest: { messageId: string; at: number; outcomeClass: string; code: string } | null
  updatedAt: number
}

/** Every text of the settings in which a placeholder or a secret may stand. */
function templatesOf(settings: ProviderSettings, withRow: (row: Row) => boolean): string[] {
  const { auth, parameters } = settings
  const texts = [settings.endpoint]
  if (auth.kind === 'basic') texts.push(auth.username, auth.password)
  if (auth.kind === 'bearer') texts.push(auth.token)
  const rows = parameters.kind === 'form' ? [...settings.headers, ...parameters.rows] : settings.headers
  for (const row of rows) if (withRow(row)) texts.push(row.value)
  if (parameters.kind === 'raw') texts.push(parameters.text)
  return texts
}

/** Rows that are switched off keep their secrets, for when they are switched on again. */
export function secretNamesOf(settings: ProviderSettings): string[] {
  return [...secretsIn(templatesOf(settings, () => true))].sort()
}

/** What a message needs values for: rows that are switched off need none. */
export function placeholderNamesOf(settings: ProviderSettings): string[] {
  return [...placeholdersIn(templatesOf(settings, (row) => row.enabled))].sort()
}

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
    from: '',
    success: { statusFrom: 200, statusTo: 299, body: { kind: 'none' } },
    reading: { messageId: '', errorCode: '', errorText: '' },
    timeouts: { connectMs: 3000, tlsMs: 5000, firstByteMs: 10_000, totalMs: 15_000 },
  }
}
