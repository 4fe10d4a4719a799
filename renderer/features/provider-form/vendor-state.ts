import { mappingParts, type MappingPart, type VendorChoice } from '#shared/catalogue/choice.ts'
import {
  compileRequest,
  emptyChoice,
  fieldsOf,
  newVendorSettings,
  presetMapping,
  type VendorRequest,
} from '#shared/catalogue/compile.ts'
import type { VendorForm } from '#shared/catalogue/entry.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import { settingsOf } from './form-settings.ts'
import { formOf, type ProviderForm } from './form-state.ts'

/** A form for a vendor that nothing has been typed for yet. `simulator` is the simulator's address. */
export function newVendorForm(entry: VendorForm, simulator: string): ProviderForm {
  const vendor = emptyChoice(entry)
  const settings = newVendorSettings(entry, vendor, simulator)
  return formOf({ id: crypto.randomUUID(), name: entry.name, kind: entry.id, vendor, settings })
}

/** The request as the vendor's form stands; null with a Generic provider. */
export function requestOf(
  { vendor }: Pick<ProviderForm, 'vendor'>,
  entry: VendorForm,
  known: { simulator: string; hasSecret: (key: string) => boolean },
): VendorRequest | null {
  return vendor && compileRequest(entry, vendor, known)
}

/** The secrets that are asked for with the chosen API. */
export function secretsOf(entry: VendorForm, { vendor }: Pick<ProviderForm, 'vendor'>): string[] {
  if (!vendor) return []
  return fieldsOf(entry, vendor).flatMap((field) => (field.secret ? [field.key] : []))
}

const unfilled = /\{\{field:([A-Za-z0-9|]+)\}\}/g

/** An address in pieces: what is there, and the names of the fields that it still waits for. */
export function endpointParts(entry: VendorForm, endpoint: string): { text: string; waiting: boolean }[] {
  const parts: { text: string; waiting: boolean }[] = []
  let from = 0
  for (const match of endpoint.matchAll(unfilled)) {
    parts.push({ text: endpoint.slice(from, match.index), waiting: false })
    const keys = match[1]?.split('|') ?? []
    parts.push({ text: entry.fields.find(({ key }) => keys.includes(key))?.label ?? '', waiting: true })
    from = match.index + match[0].length
  }
  parts.push({ text: endpoint.slice(from), waiting: false })
  return parts.filter(({ text }) => text !== '')
}

/** The same provider as a Generic one, all of its request filled in; what was typed for secrets stays. */
export function customised(form: ProviderForm, request: VendorRequest): ProviderForm {
  const endpoint = request.endpoint.replace(unfilled, '{$1}')
  const settings: ProviderSettings = { ...settingsOf(form), ...request, endpoint }
  const typed = Object.fromEntries(Object.entries(form.typed).filter(([, value]) => value !== ''))
  return { ...formOf({ id: form.id, name: form.name, settings }), typed }
}

/** Where the form keeps each part of how answers are read. */
const partKeys = { success: ['status', 'body'], reading: ['reading'], codes: ['codes'] } as const

/** Parts of the preset of the chosen API, laid out for the form. */
function presetForm(form: ProviderForm, entry: VendorForm, choice: VendorChoice): ProviderForm {
  const settings = { ...settingsOf(form), ...presetMapping(entry, choice) }
  return formOf({ id: form.id, name: form.name, settings })
}

/** The parts that are read in another way than the preset of the chosen API says. */
export function changedParts(form: ProviderForm, entry: VendorForm): MappingPart[] {
  if (!form.vendor) return []
  const [mine, preset] = [settingsOf(form), settingsOf(presetForm(form, entry, form.vendor))]
  return mappingParts.filter((part) => JSON.stringify(mine[part]) !== JSON.stringify(preset[part]))
}

export function restoreMapping(
  form: ProviderForm,
  entry: VendorForm,
  parts: readonly MappingPart[] = mappingParts,
): void {
  if (!form.vendor) return
  const preset = presetForm(form, entry, form.vendor)
  for (const key of parts.flatMap((part) => partKeys[part] as readonly (keyof ProviderForm)[]))
    Object.assign(form, { [key]: preset[key] })
}

/** Another API of the vendor: its answers read otherwise, but for what the user had changed of how they are read. */
export function chooseApi(form: ProviderForm, entry: VendorForm, api: string): void {
  if (!form.vendor || form.vendor.api === api) return
  const own = changedParts(form, entry)
  form.vendor.api = api
  restoreMapping(
    form,
    entry,
    mappingParts.filter((part) => !own.includes(part)),
  )
}
