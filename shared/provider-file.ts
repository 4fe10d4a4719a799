import { z } from 'zod'
import { idSchema } from './id.ts'
import { fileVendorSchema } from './catalogue/choice.ts'
import { providerKindSchema } from './provider.ts'
import { settingsSchema } from './settings.ts'

export const providerFileFormat = 'sms-workbench-providers'
export const providerFileVersion = 1
/** In characters; about two hundred providers. What is larger is exported in parts. */
export const longestProviderFile = 600_000
const mostProviders = 500

/** Control characters, and those that turn the direction of the text around them. */
const unprintable = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

const nameSchema = z
  .string()
  .trim()
  .min(1, 'The provider has no name.')
  .max(120, 'The name has more than 120 characters.')
  .refine((name) => !unprintable.test(name), 'The name holds characters that cannot be shown.')

const providerSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  kind: providerKindSchema,
  settings: settingsSchema,
  /** With a vendor's kind; the settings beside it are complete nonetheless, for a program that lacks the vendor. */
  vendor: fileVendorSchema.nullable().optional(),
})
export type FileProvider = z.infer<typeof providerSchema>

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/)

/**
 * Values by provider and name, sealed with AES-256-GCM under a key that the passphrase wraps (scrypt, RFC 7914), and bound
 * to the providers beside them: with an endpoint that was changed afterwards they do not open. The costs are bounded, as
 * a stranger's file must not make this machine reckon for minutes.
 */
const sealedSchema = z.strictObject({
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  salt: base64url.max(100),
  params: z.strictObject({
    N: z.union([16_384, 32_768, 65_536, 131_072].map((n) => z.literal(n))),
    r: z.literal(8),
    p: z.literal(1),
  }),
  wrapped: base64url.max(200),
  values: z.string().max(longestProviderFile),
})
export type SealedSecrets = z.infer<typeof sealedSchema>

export const providerFileSchema = z.strictObject({
  format: z.literal(providerFileFormat),
  version: z.literal(providerFileVersion),
  exportedAt: z.string().max(40),
  providers: z.array(providerSchema).min(1, 'The file holds no provider.').max(mostProviders),
  secrets: sealedSchema.nullable(),
})
export type ProviderFile = z.infer<typeof providerFileSchema>

/** Read before the rest, so that another program's file or a later version is told as what it is. */
export const fileHeadSchema = z.object({ format: z.literal(providerFileFormat), version: z.number() })

/** What becomes of a provider of the file: `add` where nothing clashes. */
export const importChoices = ['add', 'both', 'replace', 'skip'] as const
export type ImportChoice = (typeof importChoices)[number]

export interface PlannedProvider {
  /** In the file. */
  id: string
  name: string
  endpointHost: string
  /** Secrets that its settings refer to. */
  secrets: string[]
  /** The provider here that has the same id or, failing that, the same name. */
  clash: { by: 'id' | 'name'; providerId: string; name: string; archived: boolean } | null
}

export interface ImportPlan {
  providers: PlannedProvider[]
  /** The file holds the secrets' values, under a passphrase. */
  sealed: boolean
}

export interface ImportResult {
  added: string[]
  replaced: string[]
  skipped: string[]
  /** Secrets to be entered, as their form calls them, by the provider's name. */
  missing: { provider: string; names: string[] }[]
  /** What is otherwise than in the file, in words, by the provider's name. */
  notes: { provider: string; note: string }[]
}

export interface ExportResult {
  fileName: string
  text: string
  count: number
  /** Secrets that could not be read and are not in the file, by the provider's name. */
  left: { provider: string; names: string[] }[]
  /** Values that stand in the settings in clear, though their names say that they had better be secrets. */
  plain: { provider: string; names: string[] }[]
}
