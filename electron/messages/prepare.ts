import type { Database } from 'better-sqlite3'
import { AppError, type FieldIssue } from '#shared/errors.ts'
import type { DirectInput } from '#shared/send-input.ts'
import { readE164, readPhone, type CountryCode } from '#shared/phone.ts'
import { isSystemPlaceholder } from '#shared/placeholders.ts'
import { placeholderNamesOf } from '#shared/settings-texts.ts'
import { type ProviderSettings } from '#shared/settings.ts'
import { segment, type Segmentation } from '#shared/segments.ts'
import { getProviderVersion } from '../db/providers.ts'
import { ledToSimulator } from '../providers/at-simulator.ts'
import { openSecret, secretsOfDraft } from '../providers/provider-secrets.ts'
import { archivedError, noSuchProvider, settingsOfVersion } from '../providers/provider-settings.ts'
import { hostOf, isSimulated } from '../providers/provider-view.ts'
import type { Vault } from '../secrets/vault.ts'

/** A message that is ready to be rendered: everything looked up and checked. */
export interface Prepared {
  input: DirectInput
  providerId: string
  providerName: string
  /** What was tried are the settings as saved, so its outcome says something about the provider. */
  saved: boolean
  /** Of the saved settings that are tried; null for a draft. */
  version: number | null
  simulated: boolean
  /** It is simulated, and there is nobody to send to. */
  simulatorStopped: boolean
  settings: ProviderSettings
  secretValue: (name: string) => string
  phone: { e164: string; country: string | null }
  segmentation: Segmentation
  values: Record<string, string>
  /** What `$$CallbackURL` stands for where nothing was given for it; empty where nothing does. */
  callbackUrl: string
}

export interface PrepareParts {
  /** What `$$CallbackURL` stands for; empty: nothing. */
  addressFor?: ((providerId: string) => string) | undefined
  /** Where this workbench's simulator listens; null: it is stopped, undefined: another program may run it. */
  simulatorAt?: (() => string | null | undefined) | undefined
}

/** Throws `invalid_input` with the fields to mend, or `not_found`. */
export function prepare(
  db: Database,
  vault: Vault,
  input: DirectInput,
  { addressFor = () => '', simulatorAt }: PrepareParts = {},
): Prepared {
  const provider = leadHome(providerOfInput(db, vault, input), simulatorAt?.())
  const country = input.country as CountryCode | null
  const phone = readE164(input.to, country)
  const { values, missing, ownAddress } = valuesFor(provider.settings, input)
  if (!phone) throw invalid([{ path: 'to', message: whyUnreadable(input.to, country) }, ...missing])
  if (missing.length > 0) throw invalid(missing)
  const callbackUrl = ownAddress ? addressFor(provider.providerId) : ''
  return { input, ...provider, phone, segmentation: segment(input.text), values, callbackUrl }
}

type Looked = ReturnType<typeof providerOfInput>

/** A simulated provider sends to this workbench's simulator and nobody else, whatever listens at the port that it names. */
function leadHome(provider: Looked, address: string | null | undefined) {
  const { simulated, settings } = provider
  if (!simulated || address === undefined) return { ...provider, simulatorStopped: false }
  if (address === null) return { ...provider, simulatorStopped: true }
  return { ...provider, simulatorStopped: false, settings: ledToSimulator(settings, address) }
}

/** The settings that are tried are those that are stored; a draft is what it is. */
export function isCurrent(db: Database, { providerId, version }: Prepared): boolean {
  return version === null || getProviderVersion(db, providerId)?.updated_at === version
}

function whyUnreadable(typed: string, country: CountryCode | null): string {
  const reading = readPhone(typed, country)
  return reading.ok ? 'This number cannot be sent to.' : reading.message
}

function invalid(issues: FieldIssue[]): AppError {
  return new AppError('invalid_input', issues[0]?.message ?? 'The message is not valid.', { issues })
}

function providerOfInput(db: Database, vault: Vault, input: DirectInput) {
  const { provider } = input
  if (provider.kind === 'saved') {
    const row = getProviderVersion(db, provider.id)
    if (!row) throw noSuchProvider()
    if (row.archived_at !== null) throw archivedError()
    const secretValue = (name: string) => openSecret(db, vault, row.id, name)
    const about = { providerId: row.id, providerName: row.name, simulated: row.simulated === 1 }
    return {
      ...about,
      saved: true,
      version: row.updated_at,
      settings: settingsOfVersion(db, row),
      secretValue,
    }
  }
  const { id, name, settings } = provider.draft
  if (getProviderVersion(db, id)?.archived_at) throw archivedError()
  return {
    providerId: id,
    providerName: name || hostOf(settings.endpoint),
    saved: false,
    version: null,
    simulated: isSimulated(provider.draft),
    settings,
    secretValue: secretsOfDraft(db, vault, provider.draft),
  }
}

/** Filled in from the message itself. */
const ownedByMessage = new Set(['To', 'Body', 'From', 'MessageID'])

const wanted = new WeakMap<ProviderSettings, string[]>()

/** Asked for each message; the settings of a saved provider stay the same object until it is saved again. */
function wantedBy(settings: ProviderSettings): string[] {
  const known = wanted.get(settings)
  if (known) return known
  const names = placeholderNamesOf(settings).filter((name) => !ownedByMessage.has(name))
  wanted.set(settings, names)
  return names
}

/**
 * Custom placeholders are mandatory; those of the system that no one filled in are empty. `ownAddress`: the address for
 * callbacks is wanted and was not given; it is none of the values, as the next message may need another.
 */
function valuesFor(
  settings: ProviderSettings,
  input: DirectInput,
): { values: Record<string, string>; missing: FieldIssue[]; ownAddress: boolean } {
  const values: Record<string, string> = {}
  const missing: FieldIssue[] = []
  let ownAddress = false
  for (const name of wantedBy(settings)) {
    const given = Object.hasOwn(input.values, name) ? (input.values[name] ?? '') : ''
    if (name === 'CallbackURL' && given === '') {
      ownAddress = true
      continue
    }
    values[name] = given
    if (given === '' && !isSystemPlaceholder(name)) {
      missing.push({ path: `values.${name}`, message: `Enter a value for $$${name}.` })
    }
  }
  return { values, missing, ownAddress }
}
