import type { FieldIssue } from '../errors.ts'
import { toPattern } from '../reading-expression.ts'
import { apiOf, fieldsOf } from './compile.ts'
import type { FieldRule, VendorChoice, VendorField, VendorForm } from './entry.ts'

/** What is typed for a secret in this session, and whether one is saved already. */
export interface KnownSecrets {
  typed: Readonly<Record<string, string>>
  isSet: (key: string) => boolean
}

/** All that is wrong with what was typed for a vendor, at the paths `vendor.fields.<key>` and `secrets.<key>`. */
export function vendorIssues(entry: VendorForm, choice: VendorChoice, secrets: KnownSecrets): FieldIssue[] {
  const fields = fieldsOf(entry, choice)
  const inPath = keysInPath(apiOf(entry, choice).request.endpoint)
  const issues = fields.flatMap((field) => {
    const value = field.secret ? secrets.typed[field.key] : (choice.fields[field.key] ?? '')
    const message =
      value === undefined
        ? field.required && !secrets.isSet(field.key)
          ? requiredWords(field)
          : null
        : (fieldIssue(field, value) ?? (inPath.has(field.key) ? pathIssue(value) : null))
    return message === null ? [] : [{ path: pathOf(field), message }]
  })
  const isThere = (key: string) => {
    const field = fields.find((one) => one.key === key)
    if (!field) return false
    if (!field.secret) return (choice.fields[key] ?? '').trim() !== ''
    return (secrets.typed[key] ?? '') !== '' || (secrets.typed[key] === undefined && secrets.isSet(key))
  }
  for (const rule of entry.rules) {
    if (rule.apis && !rule.apis.includes(apiOf(entry, choice).id)) continue
    if (holds(rule, isThere)) continue
    for (const key of rule.fields) {
      const field = fields.find((one) => one.key === key)
      if (!field || issues.some(({ path }) => path === pathOf(field))) continue
      if (rule.kind === 'together' && isThere(key)) continue
      issues.push({ path: pathOf(field), message: rule.words })
    }
  }
  return issues
}

export function pathOf(field: Pick<VendorField, 'key' | 'secret'>): string {
  return field.secret ? `secrets.${field.key}` : `vendor.fields.${field.key}`
}

/** What is wrong with one field's value, in words, or null. */
export function fieldIssue(field: VendorField, typed: string): string | null {
  const value = typed.trim()
  if (value === '') return field.required ? requiredWords(field) : null
  // Before any pattern is tried on it: some take long for what is long.
  if (!field.secret && value.length > 2000) return 'Keep it to 2000 characters.'
  // A secret's value is no template, and may hold whatever it does.
  if (!field.secret && value.includes('{{')) return 'Two curly brackets cannot stand here.'
  if (!field.secret && value.includes('$$')) {
    return field.placeholders ? null : 'Placeholders cannot stand here: type the value itself.'
  }
  if (field.choices && !field.choices.some((choice) => choice.value === value))
    return 'Choose one of the list.'
  if (field.pattern === undefined || toPattern(field.pattern)?.test(value)) return null
  return `${field.label} is ${field.shape ?? 'of another shape'}.${hintAt(field, value)}`
}

/** The fields that stand in the path of an address. */
function keysInPath(endpoint: string): Set<string> {
  const path = endpoint.replace(/^https?:\/\/(?:\{\{[^}]*\}\}|[^/?#])*/i, '').replace(/\?.*$/s, '')
  const lists = [...path.matchAll(/\{\{(?:field|secret):([A-Za-z0-9|]+)\}\}/g)]
  return new Set(lists.flatMap(([, keys]) => keys?.split('|') ?? []))
}

/** Dots alone climb out of the path, so that the request, credentials and all, would go to another address. */
function pathIssue(value: string): string | null {
  return /^\.{1,2}$/.test(value.trim()) ? 'Enter the value itself: dots alone lead to another address.' : null
}

function requiredWords({ label, choices, example }: VendorField): string {
  if (choices) return `Choose the ${label}.`
  return `Enter the ${label}${example ? `, as in ${example}` : ''}.`
}

/** Says what is different where that can be told. */
function hintAt({ example, clean }: VendorField, value: string): string {
  if (clean === 'host') return hostHint(value)
  const wanted = /^(?:\S+)$/.test(example) ? example.length : 0
  return wanted > 10 && wanted !== value.length ? ` This has ${value.length} characters.` : ''
}

/** Hosts have no length of their own: what is told is what is no part of one. */
function hostHint(host: string): string {
  const foreign = /[^a-z0-9.-]/u.exec(host)?.[0]
  if (foreign !== undefined)
    return ` ${foreign.trim() === '' ? 'A space' : `“${foreign}”`} cannot stand in it.`
  return host.includes('.') ? '' : ' This has no dot.'
}

function holds({ kind, fields }: FieldRule, isThere: (key: string) => boolean): boolean {
  const count = fields.filter(isThere).length
  switch (kind) {
    case 'atLeastOneOf':
      return count >= 1
    case 'exactlyOneOf':
      return count === 1
    case 'together':
      return count === 0 || count === fields.length
  }
}
