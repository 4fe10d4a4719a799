import type { FieldIssue } from '#shared/errors.ts'
import type { providerInputSchema } from '#shared/provider.ts'
import { filledRows, inputOf } from './form-settings.ts'
import { type ProviderForm } from './form-state.ts'
import { wholeSecret } from './secret-names.ts'

/** Everything that is wrong with the form, by the path of the field in which it has to be mended. */
export function checkForm(form: ProviderForm, schema: typeof providerInputSchema): FieldIssue[] {
  const parsed = schema.safeParse(inputOf(form))
  const issues = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => ({ path: formPath(form, path.map(String)), message }))
  return [...issues, ...emptySecrets(form)]
}

/** Empty rows are left out of the input, so a row's place in the form may be further down. */
function formPath(form: ProviderForm, path: string[]): string {
  const rows = path[1] === 'headers' ? form.headers : path[1] === 'parameters' ? form.parameters.rows : null
  const at = path.findIndex((part) => /^\d+$/.test(part))
  if (!rows || at < 0) return path.join('.')
  const place = filledRows(rows)[Number(path[at])]
  return place === undefined ? path.join('.') : path.with(at, String(place)).join('.')
}

/** A password may well be empty; a token, a header or a parameter that was locked with nothing in it is forgotten. */
function emptySecrets(form: ProviderForm): FieldIssue[] {
  const message = 'Enter the secret’s value, or unlock the field.'
  const isEmpty = (text: string) => {
    const name = wholeSecret(text)
    return name !== null && form.typed[name] === ''
  }
  const issues: FieldIssue[] = []
  const addRows = (rows: ProviderForm['headers'], path: string) =>
    rows.forEach((row, index) => {
      if (row.enabled && isEmpty(row.value)) issues.push({ path: `${path}.${index}.value`, message })
    })
  addRows(form.headers, 'settings.headers')
  if (form.parameters.kind === 'form') addRows(form.parameters.rows, 'settings.parameters.rows')
  if (form.auth.kind === 'bearer' && isEmpty(form.auth.token)) {
    issues.push({ path: 'settings.auth.token', message: 'Enter the token.' })
  }
  return issues
}
