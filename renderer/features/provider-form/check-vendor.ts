import { vendorIssues, pathOf } from '#shared/catalogue/check-fields.ts'
import { fieldsOf } from '#shared/catalogue/compile.ts'
import type { FieldRule, VendorChoice, VendorForm } from '#shared/catalogue/entry.ts'
import type { FieldIssue } from '#shared/errors.ts'

export interface VendorPart {
  entry: VendorForm
  choice: VendorChoice
  typed: Readonly<Record<string, string>>
  isSet: (key: string) => boolean
}

/** Where what is wrong with the request as a whole is told. */
export const requestPath = 'vendor.request'

const ofRequest = /^settings\.(?:method|endpoint|auth|headers|parameters|batch|from|numberFormat)(?:\.|$)/

/**
 * What is wrong with a vendor's form. Its request is made of the fields, so what is wrong with that is told only where
 * no field explains it.
 */
export function withVendorIssues(
  found: FieldIssue[],
  { entry, choice, ...secrets }: VendorPart,
): FieldIssue[] {
  const ofFields = vendorIssues(entry, choice, secrets)
  const own = found.filter(({ path }) => !ofRequest.test(path))
  if (ofFields.length > 0) return [...ofFields, ...own]
  return [
    ...own,
    ...found
      .filter(({ path }) => ofRequest.test(path))
      .map(({ message }) => ({ path: requestPath, message: `The request cannot be made so: ${message}` })),
  ]
}

/** The fields that have to be left before an issue of a rule is told: while one is still empty, it may yet be filled. */
export function fieldsBehind(
  { entry, choice, typed, isSet }: VendorPart,
  { path, message }: FieldIssue,
): string[] {
  const fields = fieldsOf(entry, choice)
  const rule = entry.rules.find(
    (one) =>
      one.words === message &&
      one.fields.some((key) => fields.some((f) => f.key === key && pathOf(f) === path)),
  )
  if (!rule) return [path]
  const isThere = (key: string) => (choice.fields[key] ?? typed[key] ?? '').trim() !== '' || isSet(key)
  return awaits(rule, isThere) ? fields.filter(({ key }) => rule.fields.includes(key)).map(pathOf) : []
}

/** Too many are there already, or too few yet. */
function awaits({ kind, fields }: FieldRule, isThere: (key: string) => boolean): boolean {
  return kind !== 'exactlyOneOf' || !fields.some(isThere)
}
