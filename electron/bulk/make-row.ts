import { isSystemPlaceholder } from '#shared/placeholders.ts'
import type { BulkSetup } from '#shared/bulk.ts'
import { AppError, type FieldIssue } from '#shared/errors.ts'
import { maximumTextLength } from '#shared/send-input.ts'
import { readE164, readPhone, type CountryCode } from '#shared/phone.ts'
import { segment, type Segmentation } from '#shared/segments.ts'

const place = /\{\{\s*([^{}]+?)\s*\}\}/g

/** A row of the file as a message, or why it is none. */
export interface MadeRow {
  /** As written where it cannot be read. */
  to: string
  country: string | null
  text: string
  values: Record<string, string>
  segmentation: Segmentation
  refusal: string | null
}

/** Makes messages of rows. Throws `invalid_input` with the fields that name columns which the file has not. */
export class RowMaker {
  private readonly setup: BulkSetup
  private readonly columns: ReadonlyMap<string, number>
  /** Custom placeholders that need a value. */
  private readonly needed: readonly string[]

  constructor(setup: BulkSetup, columns: readonly string[], asked: readonly string[]) {
    this.setup = setup
    this.columns = new Map(columns.map((name, index) => [name, index] as const).toReversed())
    this.needed = asked.filter((name) => !isSystemPlaceholder(name))
    const issues = this.issues()
    if (issues[0]) throw new AppError('invalid_input', issues[0].message, { issues })
  }

  make(cells: readonly string[]): MadeRow {
    const { setup } = this
    const typed = cells[this.columns.get(setup.numberColumn) ?? -1]?.trim() ?? ''
    const text = this.fill(setup.text, cells)
    const country = setup.country as CountryCode | null
    const phone = readE164(typed, country)
    const values = Object.fromEntries(
      Object.entries(setup.values).map(([name, template]) => [name, this.fill(template, cells)]),
    )
    const segmentation = segment(text.slice(0, maximumTextLength))
    const refusal = phone ? this.refusalOf(text, values) : whyUnreadable(typed, country)
    return { to: phone?.e164 ?? typed, country: phone?.country ?? null, text, values, segmentation, refusal }
  }

  private refusalOf(text: string, values: Record<string, string>): string | null {
    if (text.trim() === '') return 'The text is empty.'
    if (text.length > maximumTextLength) return `The text has over ${maximumTextLength} characters.`
    const missing = this.needed.find((name) => !values[name])
    return missing === undefined ? null : `There is no value for $$${missing}.`
  }

  private fill(template: string, cells: readonly string[]): string {
    return template.replace(place, (_, name: string) => cells[this.columns.get(name) ?? -1] ?? '')
  }

  private issues(): FieldIssue[] {
    const { numberColumn, text, values } = this.setup
    const missing = this.columns.has(numberColumn)
      ? []
      : [{ path: 'setup.numberColumn', message: `The file has no column “${numberColumn}”.` }]
    const templates = [
      ['setup.text', text] as const,
      ...Object.entries(values).map(([name, template]) => [`setup.values.${name}`, template] as const),
    ]
    return [
      ...missing,
      ...templates.flatMap(([path, template]) =>
        namesIn(template)
          .filter((name) => !this.columns.has(name))
          .map((name) => ({ path, message: `The file has no column “${name}”.` })),
      ),
    ]
  }
}

function namesIn(template: string): string[] {
  return [...template.matchAll(place)].map((match) => match[1] ?? '')
}

function whyUnreadable(typed: string, country: CountryCode | null): string {
  if (typed === '') return 'There is no number.'
  const reading = readPhone(typed, country)
  return reading.ok ? 'This number cannot be sent to.' : reading.message
}
