import type { FieldIssue } from '#shared/errors.ts'
import type { ProviderInput, providerInputSchema } from '#shared/provider.ts'
import { settingsIssues } from '#shared/settings-checks.ts'
import { filledWordPlaces } from './callbacks/mapping-state.ts'
import { withVendorIssues, type VendorPart } from './check-vendor.ts'
import { filledCodePlaces, filledRows, inputOf } from './form-settings.ts'
import { type ProviderForm } from './form-state.ts'
import { certificateIssue } from './certificates.ts'
import { wholeSecret } from './secret-names.ts'

/** Everything that is wrong with the form, by the path of the field in which it has to be mended. */
export function checkForm(
  form: ProviderForm,
  schema: typeof providerInputSchema,
  input: ProviderInput = inputOf(form),
  vendor: VendorPart | null = null,
): FieldIssue[] {
  const parsed = schema.safeParse(input)
  const ofFields = parsed.success ? [] : parsed.error.issues
  // The schema looks at fields together only once each of them is right alone; people want to hear it all at once.
  const together = settingsIssues(input.settings).map(({ path, message }) => ({
    path: ['settings', ...path],
    message,
  }))
  const placed = [...ofFields, ...together].map(({ path, message }) => ({
    path: formPath(form, path.map(String)),
    message,
  }))
  const own = [...priceIssues(form), ...certificateIssues(form)]
  if (vendor) return firstOfEachPath(withVendorIssues([...placed, ...own], vendor))
  return firstOfEachPath([...placed, ...emptySecrets(form), ...own])
}

function firstOfEachPath(issues: FieldIssue[]): FieldIssue[] {
  const seen = new Set<string>()
  return issues.filter(({ path }) => !seen.has(path) && seen.add(path))
}

/** Empty rows are left out of the input, so a row's place in the form may be further down. */
export function formPath(form: ProviderForm, path: string[]): string {
  const at = path.findIndex((part) => /^\d+$/.test(part))
  const place = placesOf(form, path.slice(0, at).join('.'))?.[Number(path[at])]
  return place === undefined ? path.join('.') : path.with(at, String(place)).join('.')
}

function placesOf(form: ProviderForm, list: string): number[] | null {
  switch (list) {
    case 'settings.headers':
      return filledRows(form.headers)
    case 'settings.parameters.rows':
      return filledRows(form.parameters.rows)
    case 'settings.auth.parameters':
      return filledRows(form.auth.parameters)
    case 'settings.codes':
      return filledCodePlaces(form.codes)
    case 'settings.callbacks.receipts.statuses':
      return filledWordPlaces(form.callbacks.receipts.statuses)
    default:
      return null
  }
}

/** A password may well be empty; a token, a header or a parameter that was locked with nothing in it is forgotten. */
function emptySecrets(form: ProviderForm): FieldIssue[] {
  const isEmpty = (text: string) => {
    const name = wholeSecret(text)
    return name !== null && form.typed[name] === ''
  }
  const ofRows = (rows: ProviderForm['headers'], path: string): FieldIssue[] =>
    rows.flatMap((row, index) =>
      row.enabled && isEmpty(row.value)
        ? [{ path: `${path}.${index}.value`, message: 'Enter the secret’s value, or unlock the field.' }]
        : [],
    )
  const { auth, parameters } = form
  const issues = ofRows(form.headers, 'settings.headers')
  if (parameters.kind === 'form') issues.push(...ofRows(parameters.rows, 'settings.parameters.rows'))
  if (auth.kind === 'oauth2') issues.push(...ofRows(auth.parameters, 'settings.auth.parameters'))
  if (auth.kind === 'bearer' && isEmpty(auth.token))
    issues.push({ path: 'settings.auth.token', message: 'Enter the token.' })
  if (auth.kind === 'oauth2' && (auth.clientSecret === '' || isEmpty(auth.clientSecret)))
    issues.push({ path: 'settings.auth.clientSecret', message: 'Enter the client secret.' })
  return issues
}

function priceIssues({ price }: ProviderForm): FieldIssue[] {
  if (price.perSegment !== '' || price.currency.trim() === '') return []
  return [{ path: 'settings.price.perSegment', message: 'Enter the price, or clear the currency.' }]
}

function certificateIssues({ connection }: ProviderForm): FieldIssue[] {
  const message = certificateIssue(connection.authorities)
  return message === null ? [] : [{ path: 'settings.connection.authorities', message }]
}
