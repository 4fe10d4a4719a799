import type { fieldSections, VendorField } from '#shared/catalogue/entry.ts'

export type SectionName = (typeof fieldSections)[number]

export const sectionTitles: Record<SectionName, string> = {
  account: 'Account',
  sender: 'Sender',
  india: 'India (DLT)',
  options: 'Options',
  callbacks: 'Callbacks',
}

/** In the order of the form. */
export const sectionNames = Object.keys(sectionTitles) as SectionName[]

/** What most can leave as it is. */
export function standsClosed({
  name,
  fields,
}: {
  name: SectionName
  fields: readonly VendorField[]
}): boolean {
  const seldom = name === 'options' || name === 'callbacks'
  return seldom && !fields.some((field) => field.required && field.default === '')
}

/** What a closed part holds, in a line: what is set in it, else what could be. */
export function sectionSummary(
  fields: readonly VendorField[],
  values: Readonly<Record<string, string>>,
  isSet: (secret: string) => boolean,
): string {
  const set = fields.flatMap((field) => {
    const { key, label, secret, default: usual, choices } = field
    if (secret) return isSet(key) ? [`${label} set`] : []
    const value = values[key] ?? ''
    if (value === usual) return []
    return [`${label} ${choices?.find((choice) => choice.value === value)?.label ?? value}`]
  })
  return set.length > 0 ? set.join(' · ') : fields.map(({ label }) => label).join(', ')
}
