import { apiOf, fieldsOf } from '#shared/catalogue/compile.ts'
import type { VendorChoice, VendorField, VendorForm } from '#shared/catalogue/entry.ts'
import type { CallbackKind } from '#shared/callbacks/format.ts'

const kindWords: Record<CallbackKind, string> = {
  receipt: 'delivery receipts',
  reply: 'replies',
  click: 'clicks',
  optOut: 'opt-outs',
}

/** What is understood of a vendor's callbacks with the chosen API, in words; empty: nothing yet. */
export function understoodWords(entry: VendorForm, choice: VendorChoice): string {
  const api = apiOf(entry, choice).id
  const formats = (entry.callbacks?.formats ?? []).filter(({ apis }) => !apis || apis.includes(api))
  const words = Object.entries(kindWords).flatMap(([kind, word]) =>
    formats.some((format) => format.kind === kind) ? [word] : [],
  )
  const text = words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Placeholder that stands for the provider's own address in a request. */
export const ownAddress = '$$CallbackURL'

/** The field by which requests carry the address for receipts; null where they carry none. */
export function addressField(entry: VendorForm, choice: VendorChoice): VendorField | null {
  const fields = fieldsOf(entry, choice)
  for (const key of entry.callbacks?.addressFields ?? []) {
    const field = fields.find((one) => one.key === key && one.placeholders)
    if (field) return field
  }
  return null
}
