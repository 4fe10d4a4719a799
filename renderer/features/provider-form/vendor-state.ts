import {
  compileRequest,
  emptyChoice,
  newVendorSettings,
  presetMapping,
  type VendorMapping,
  type VendorRequest,
} from '#shared/catalogue/compile.ts'
import type { VendorForm } from '#shared/catalogue/entry.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import { settingsOf } from './form-settings.ts'
import { formOf, newCode, type ProviderForm } from './form-state.ts'

/** A form for a vendor that nothing has been typed for yet. `simulator` is the simulator's address. */
export function newVendorForm(entry: VendorForm, simulator: string): ProviderForm {
  const vendor = emptyChoice(entry)
  const settings = newVendorSettings(entry, vendor, simulator)
  return formOf({ id: crypto.randomUUID(), name: entry.name, kind: entry.id, vendor, settings })
}

/** The request as the vendor's form stands; null with a Generic provider. */
export function requestOf(
  { vendor }: Pick<ProviderForm, 'vendor'>,
  entry: VendorForm | null,
  known: { simulator: string; hasSecret: (key: string) => boolean },
): VendorRequest | null {
  return entry && vendor ? compileRequest(entry, vendor, known) : null
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

/** How answers are read, as the preset has it, laid out for the form. */
function mappingForm(mapping: VendorMapping, form: ProviderForm): Pick<ProviderForm, MappingKey> {
  const settings = { ...settingsOf(form), ...mapping }
  const { status, body, reading } = formOf({ id: form.id, name: form.name, settings })
  return { status, body, reading, codes: mapping.codes.map(newCode) }
}
type MappingKey = 'status' | 'body' | 'reading' | 'codes'

/** Whether it is read in another way than the preset of the chosen API says. */
export function mappingChanged(form: ProviderForm, entry: VendorForm): boolean {
  if (!form.vendor) return false
  const preset = { ...form, ...mappingForm(presetMapping(entry, form.vendor), form) }
  return mappingText(form) !== mappingText(preset)
}

function mappingText(form: ProviderForm): string {
  const { success, reading, codes } = settingsOf(form)
  return JSON.stringify([success, reading, codes])
}

export function restoreMapping(form: ProviderForm, entry: VendorForm): void {
  if (form.vendor) Object.assign(form, mappingForm(presetMapping(entry, form.vendor), form))
}

/** Another API of the vendor: its answers read otherwise, unless the user had changed how they are read. */
export function chooseApi(form: ProviderForm, entry: VendorForm, api: string): void {
  if (!form.vendor || form.vendor.api === api) return
  const changed = mappingChanged(form, entry)
  form.vendor.api = api
  if (!changed) restoreMapping(form, entry)
}
