import { fieldsOf } from '#shared/catalogue/compile.ts'
import type { Vendor, VendorField } from '#shared/catalogue/entry.ts'

export interface TypedFields {
  fields: Record<string, string>
  secrets: Record<string, string>
}

/** For fields without an example of their own. */
const candidates = [
  '0123456789abcdef0123456789abcdef',
  '0123456789abcdef01234567',
  '1107000000000000000',
  '0123456789',
  'abcd1234',
  `${'A'.repeat(43)}=`,
]

/**
 * Values that a vendor's form would take: the fewest that it asks for, or all that go together, each list at its last
 * choice.
 */
export function typedFields(entry: Vendor, api: string, extent: 'fewest' | 'all'): TypedFields {
  const fields = fieldsOf(entry, { api })
  const rules = entry.rules.filter(({ apis }) => apis === undefined || apis.includes(api))
  const chosen = new Set(fields.filter(({ required }) => extent === 'all' || required).map(({ key }) => key))
  for (const { kind, fields: keys } of rules) {
    const [first] = keys
    if (kind === 'exactlyOneOf') for (const key of keys.slice(0, -1)) chosen.delete(key)
    if (kind === 'together' || !first) continue
    if (!keys.some((key) => chosen.has(key))) chosen.add(first)
  }
  const typed: TypedFields = { fields: {}, secrets: {} }
  for (const field of fields) {
    if (!chosen.has(field.key)) continue
    const into = field.secret ? typed.secrets : typed.fields
    into[field.key] = valueFor(field, extent)
  }
  return typed
}

function valueFor(field: VendorField, extent: 'fewest' | 'all'): string {
  const choices = (field.choices ?? []).map(({ value }) => value)
  if (choices.length > 0) return (extent === 'all' ? choices.at(-1) : undefined) ?? field.default
  const pattern = new RegExp(field.pattern ?? '^.')
  const known = [field.example, field.default, ...candidates].find((one) => one !== '' && pattern.test(one))
  if (known === undefined) throw new Error(`Give the field ${field.key} an example that its pattern takes.`)
  return known
}
