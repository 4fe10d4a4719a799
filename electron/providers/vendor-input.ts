import type { Database } from 'better-sqlite3'
import { vendorIssues } from '#shared/catalogue/check-fields.ts'
import type { StoredVendor, VendorChoice } from '#shared/catalogue/choice.ts'
import { compileRequest, type VendorRequest } from '#shared/catalogue/compile.ts'
import type { Vendor } from '#shared/catalogue/entry.ts'
import { cleanChoice, cleanSecrets, ownParts, vendorProvider } from '#shared/catalogue/preset.ts'
import { AppError, type FieldIssue } from '#shared/errors.ts'
import type { PreviewInput } from '#shared/provider-tools.ts'
import { genericKind, type ProviderDraft, type ProviderInput } from '#shared/provider.ts'
import { settingsSchema } from '#shared/settings.ts'
import { secretNamesOf } from '#shared/settings-texts.ts'
import { mustGetVendor } from '../catalogue/handlers.ts'
import type { Catalogue } from '../catalogue/load.ts'
import { getProvider } from '../db/providers.ts'
import { getSecret } from '../db/secrets.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import { settingsOf } from './provider-settings.ts'

/** What a provider is made of before it is written: its settings are whole, whatever the page said of them. */
export type WholeInput = Omit<ProviderInput, 'vendor'> & { vendor: StoredVendor | null }

/** What making a vendor's request takes besides what was typed. */
export interface VendorParts {
  catalogue: Catalogue
  /** The simulator's address, as in `http://127.0.0.1:8026`. */
  simulator: () => string
}

/** Null for a Generic provider. Throws `not_found` for a kind that the catalogue does not have. */
export function vendorOf(catalogue: Catalogue, kind: string): Promise<Vendor | null> {
  return kind === genericKind ? Promise.resolve(null) : mustGetVendor(catalogue, kind)
}

/**
 * Makes the request of a vendor's provider from what was chosen and typed, and cleans it of what a paste brings along.
 * `under` is where the input's own fields are, as in `provider.draft.`. Throws `invalid_input`.
 */
export function wholeInput<Input extends ProviderDraft>(
  db: Database,
  input: Input,
  vendor: Vendor | null,
  { simulator, under = '' }: { simulator: string; under?: string },
): Omit<Input, 'vendor'> & { vendor: StoredVendor | null } {
  if (!vendor) return { ...input, vendor: null }
  const choice = cleanChoice(vendor, mustHaveChoice(input, vendor, under))
  const secrets = cleanSecrets(vendor, input.secrets)
  const isSet = isSetUnder(db, input.id)
  refuse([...apiIssues(vendor, choice), ...vendorIssues(vendor, choice, { typed: secrets, isSet })], under)
  const { settings: base } = input
  const known = { simulator, hasSecret: hasSecretUnder(db, input.id, secrets) }
  const made = vendorProvider(vendor, { choice, base, own: ownParts(vendor, base) }, known)
  refuse(settingsIssuesOf(made.settings), under)
  return { ...input, ...made, secrets }
}

/** A draft as it would be saved. Throws as saving it does, but for its name. */
export async function wholeDraft(
  { stores, catalogue, simulator }: VendorParts & { stores: StoreHandle },
  draft: ProviderDraft,
  under: string,
): Promise<ProviderDraft> {
  const vendor = await vendorOf(catalogue, draft.kind)
  if (!vendor) return { ...draft, vendor: null }
  const { vendor: kept, ...rest } = stores.store.read((db) =>
    wholeInput(db, draft, vendor, { simulator: simulator(), under }),
  )
  return { ...rest, vendor: kept && { api: kept.api, fields: kept.fields, simulated: kept.simulated } }
}

/** The request that a draft makes, half typed as it may be, and nothing is refused. */
export function requestOfDraft(
  db: Database,
  { id, vendor: choice, secrets }: PreviewInput['draft'],
  vendor: Vendor | null,
  simulator: string,
): VendorRequest | null {
  if (!vendor || !choice) return null
  const hasSecret = hasSecretUnder(db, id, cleanSecrets(vendor, secrets))
  return compileRequest(vendor, cleanChoice(vendor, choice), { simulator, hasSecret })
}

function isSetUnder(db: Database, id: string): (key: string) => boolean {
  return (key) => getSecret(db, id, key) !== undefined
}

/**
 * Which secrets a request takes: those that are typed or saved, and those that the saved settings refer to, as one whose
 * value is lost has to be entered again rather than be left out.
 */
export function hasSecretUnder(
  db: Database,
  id: string,
  typed: Readonly<Record<string, string>>,
): (key: string) => boolean {
  const isSet = isSetUnder(db, id)
  const row = getProvider(db, id)
  const referred = new Set(row ? secretNamesOf(settingsOf(db, row)) : [])
  return (key) => (Object.hasOwn(typed, key) ? typed[key] !== '' : isSet(key) || referred.has(key))
}

function mustHaveChoice({ vendor }: ProviderDraft, { name }: Vendor, under: string): VendorChoice {
  if (vendor) return vendor
  const message = `Say what was chosen and typed for ${name}.`
  throw new AppError('invalid_input', message, { issues: [{ path: `${under}vendor`, message }] })
}

/** An API that the vendor does not have, any more: another must not be taken in its place unasked. */
export function apiIssues({ name, apis }: Vendor, { api }: VendorChoice): FieldIssue[] {
  if (api === '' || apis.some(({ id }) => id === api)) return []
  const known = apis.map(({ id }) => id).join(', ')
  return [{ path: 'vendor.api', message: `${name} has no API “${api}”. Choose one of: ${known}.` }]
}

/** What is wrong with made settings: the preset is to blame, or a field that its pattern lets pass. */
export function settingsIssuesOf(settings: unknown): FieldIssue[] {
  const { error } = settingsSchema.safeParse(settings)
  return (error?.issues ?? []).map(({ path, message }) => ({
    path: ['settings', ...path].map(String).join('.'),
    message,
  }))
}

function refuse(issues: FieldIssue[], under: string): void {
  const [first] = issues
  if (!first) return
  const placed = issues.map(({ path, message }) => ({ path: `${under}${path}`, message }))
  throw new AppError('invalid_input', first.message, { issues: placed })
}
