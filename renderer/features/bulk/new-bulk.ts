import type { BulkColumns, BulkSetup } from '#shared/bulk.ts'
import type { FieldIssue } from '#shared/errors.ts'
import { bulkSetupSchema } from '#shared/bulk.ts'
import type { Target } from '#shared/target.ts'

/** What is chosen for a new bulk test, as it stands in the form. */
export interface NewBulk {
  name: string
  target: Target | null
  numberColumn: string
  country: string | null
  text: string
  /** Templates of the values for placeholders. */
  values: Record<string, string>
  /** As typed; empty: as fast as the providers take them. */
  rate: string
  test: boolean
}

/** A text that nobody has written yet. */
const begun = /^(?:Hello(?: \{\{[^{}]+\}\})?)?$/

/** The form for a file of these columns: what was chosen before stays where it still fits. */
export function fittedTo(
  form: NewBulk,
  { columns, numberColumn }: Pick<BulkColumns, 'columns' | 'numberColumn'>,
  files: { before: string; now: string },
): NewBulk {
  const other = columns.find((column) => column !== numberColumn)
  const text = other === undefined ? 'Hello' : `Hello {{${other}}}`
  return {
    ...form,
    name: form.name === '' || form.name === nameOf(files.before) ? nameOf(files.now) : form.name,
    numberColumn: columns.includes(form.numberColumn) ? form.numberColumn : numberColumn,
    text: begun.test(form.text) ? text : form.text,
  }
}

const nameOf = (fileName: string) => fileName.slice(0, 100)

/** Values for placeholders of which nothing is known yet: the column of the same name, whatever its case. */
export function withAsked(
  values: Readonly<Record<string, string>>,
  asked: readonly string[],
  columns: readonly string[],
): Record<string, string> {
  const cellOf = (name: string) => {
    const column = columns.find((one) => one.toLowerCase() === name.toLowerCase())
    return column === undefined ? '' : `{{${column}}}`
  }
  return Object.fromEntries(asked.map((name) => [name, values[name] || cellOf(name)]))
}

/** What the form asks for, or what is wrong with it by field. */
export function setupOf(
  form: NewBulk,
  { delimiter, hasHeader }: Pick<BulkColumns, 'delimiter' | 'hasHeader'>,
): { setup: BulkSetup; issues: null } | { setup: null; issues: FieldIssue[] } {
  const { rate, target, values, ...rest } = form
  if (target === null)
    return { setup: null, issues: [{ path: 'target', message: 'Choose a provider or a group.' }] }
  const perSecond = rate.trim() === '' ? null : Number(rate.trim().replace(',', '.'))
  if (Number.isNaN(perSecond))
    return { setup: null, issues: [{ path: 'perSecond', message: 'Enter a number, as in 20 or 0.5.' }] }
  const parsed = bulkSetupSchema.safeParse({ ...rest, target, values, perSecond, delimiter, hasHeader })
  if (parsed.success) return { setup: parsed.data, issues: null }
  return {
    setup: null,
    issues: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  }
}
