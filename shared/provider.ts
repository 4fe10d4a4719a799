import { z } from 'zod'
import { vendorChoiceSchema, type VendorChoice } from './catalogue/choice.ts'
import type { BreakerView } from './group.ts'
import { idSchema } from './id.ts'
import { settingsSchema, type ProviderSettings } from './settings.ts'

/** `generic`, or the id of a vendor of the catalogue. */
export const providerKindSchema = z.string().regex(/^[a-z][a-z0-9]{1,29}$/)
export type ProviderKind = string
export const genericKind = 'generic'

/** Values typed for secrets: only those that are new or replaced; the others stay as they are in the vault. */
export const typedSecretsSchema = z.record(
  z.string().regex(/^(?!__proto__$)[A-Za-z0-9_.-]{1,100}$/),
  z.string().max(20_000),
)

export const providerInputSchema = z.object({
  id: idSchema,
  name: z.string().trim().min(1, 'Give the provider a name.').max(120, 'Keep the name to 120 characters.'),
  kind: providerKindSchema,
  settings: settingsSchema,
  /** With a vendor's kind: what was chosen and typed for it. The request is made from this, whatever `settings` say. */
  vendor: vendorChoiceSchema.nullable().optional(),
  secrets: typedSecretsSchema,
  /** `updatedAt` of the version that was edited: one that has changed since is not overwritten. */
  basedOn: z.number().optional(),
})
export type ProviderInput = z.infer<typeof providerInputSchema>

/** A provider that is still being described can be tried before it has a name. */
export const providerDraftSchema = providerInputSchema.extend({ name: z.string().trim().max(120) })
export type ProviderDraft = z.infer<typeof providerDraftSchema>

/** `unreadable`: it was set once, but its key is lost; it has to be entered again. */
export type SecretState = 'set' | 'missing' | 'unreadable'

export interface Provider {
  id: string
  name: string
  kind: ProviderKind
  settings: ProviderSettings
  /** Null with a Generic provider. */
  vendor: VendorChoice | null
  secrets: { name: string; state: SecretState }[]
  isDefault: boolean
  simulated: boolean
  createdAt: number
  updatedAt: number
  /** Archived for good at this time: it can be read, and neither edited nor sent through. */
  archivedAt: number | null
}

export interface ProviderCounts {
  sent: number
  delivered: number
  errors: number
}

/** What was counted, in parts that a page can take off. */
export interface CountedParts {
  /** All messages, and the part of them that were test sends. */
  counts: ProviderCounts
  testCounts: ProviderCounts
  /** The part that never left this machine's simulator, and the tests among it. */
  simulatedCounts: ProviderCounts
  simulatedTestCounts: ProviderCounts
}

/** A row of the Providers page. Counts cover the last 30 days; times are epoch milliseconds. */
export interface ProviderSummary extends CountedParts {
  id: string
  name: string
  kind: ProviderKind
  endpointHost: string
  isDefault: boolean
  simulated: boolean
  /** `failing`: the last test was not accepted. `needs_attention` says why in `attention`; `secrets_missing` names the secrets to enter again. */
  status: 'ready' | 'untested' | 'failing' | 'needs_attention' | 'secrets_missing' | 'archived'
  attention: string | null
  /** As their form calls them. */
  missingSecrets: string[]
  breaker: BreakerView
  lastTest: { messageId: string; at: number; outcomeClass: string; code: string } | null
  /** Of all its attempts, tests and others: the newest that was accepted, and the newest that was not, in words. */
  lastSuccess: { messageId: string; at: number } | null
  lastError: { messageId: string; at: number; title: string; cause: string; next: string } | null
  updatedAt: number
  archivedAt: number | null
}
