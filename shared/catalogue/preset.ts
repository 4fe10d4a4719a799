import type { ProviderSettings } from '../settings.ts'
import { cleanPaste } from './clean-paste.ts'
import { mappingParts, type MappingPart, type StoredVendor, type VendorChoice } from './choice.ts'
import { apiOf, compileRequest, fieldsOf, presetMapping, type VendorMapping } from './compile.ts'
import type { VendorForm } from './entry.ts'

/**
 * The parts of a mapping that are no preset's, of whichever of the vendor's APIs: who chooses another API gets its rules,
 * unless the rules were changed by hand.
 */
export function ownParts(entry: VendorForm, mapping: VendorMapping): MappingPart[] {
  return mappingParts.filter((part) => {
    const written = JSON.stringify(mapping[part])
    return !entry.apis.some(({ id }) => JSON.stringify(presetMapping(entry, { api: id })[part]) === written)
  })
}

/** A provider of a vendor: whole settings, and what is kept of how they came about. */
export interface VendorProvider {
  settings: ProviderSettings
  vendor: StoredVendor
}

/**
 * Makes the settings anew: the request of the choice, the mapping of the preset but for the `own` parts, and all else as
 * in `base`. The choice is taken as it is; see `vendorIssues` for what may be wrong with it.
 */
export function vendorProvider(
  entry: VendorForm & { version: number },
  { choice, base, own }: { choice: VendorChoice; base: ProviderSettings; own: readonly MappingPart[] },
  known: { simulator: string; hasSecret: (key: string) => boolean },
): VendorProvider {
  const preset = presetMapping(entry, choice)
  const kept = Object.fromEntries(own.map((part) => [part, base[part]]))
  const asked = new Set(fieldsOf(entry, choice).map(({ key }) => key))
  const secrets = entry.fields.filter((field) => field.secret)
  return {
    settings: { ...base, ...compileRequest(entry, choice, known), ...preset, ...kept },
    vendor: {
      api: apiOf(entry, choice).id,
      fields: choice.fields,
      simulated: choice.simulated,
      version: entry.version,
      own: [...own],
      secrets: Object.fromEntries(
        secrets.map(({ key, required }) => [key, { required: required && asked.has(key) }]),
      ),
    },
  }
}

/**
 * The values of the vendor's plain fields, as they are meant; what is none of its fields is left out. One that is not
 * there at all, as with a field that was added later, has its default; one that was emptied stays empty.
 */
export function cleanChoice(entry: VendorForm, choice: VendorChoice): VendorChoice {
  const plain = entry.fields.filter(({ secret }) => !secret)
  const fields = plain.flatMap((field) => {
    const typed = Object.hasOwn(choice.fields, field.key) ? choice.fields[field.key] : undefined
    if (typed === undefined) return field.default === '' ? [] : [[field.key, field.default] as const]
    return [[field.key, cleanPaste(field, typed).value] as const]
  })
  return { api: choice.api, fields: Object.fromEntries(fields), simulated: choice.simulated }
}

/** Typed secrets, as they are meant; those that are none of the vendor's stay as they are. */
export function cleanSecrets(
  entry: VendorForm,
  typed: Readonly<Record<string, string>>,
): Record<string, string> {
  const fields = new Map(entry.fields.filter(({ secret }) => secret).map((field) => [field.key, field]))
  return Object.fromEntries(
    Object.entries(typed).map(([name, value]) => {
      const field = fields.get(name)
      return [name, field ? cleanPaste(field, value).value : value]
    }),
  )
}
