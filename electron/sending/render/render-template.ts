import type { SecretPlace } from '#shared/attempt.ts'
import { isGsm7 } from '#shared/gsm7.ts'
import { parseTemplate, sourceOf, type TemplatePart } from '#shared/placeholders.ts'
import type { Batch, ProviderSettings, Row } from '#shared/settings.ts'
import { escapeFor, UnrenderableError } from './escape.ts'
import { TextPair, type SecretValue } from './masked-text.ts'

/** What the placeholders of a message stand for, by name without `$$`. */
export type PlaceholderValues = Readonly<Record<string, string>>

export interface RenderContext {
  values: PlaceholderValues
  secretValue: SecretValue
  userAgent: string
  /** Of OAuth 2.0. Without it the request can be shown, not sent. */
  accessToken?: string | undefined
  /** Several messages in one request; `values` are then what they share. */
  messages?: readonly PlaceholderValues[]
  /** For a preview: a value that is missing is shown by its placeholder's name instead of refused. */
  showMissing?: boolean
}

/** What a request is made of. */
export type RequestSettings = Pick<
  ProviderSettings,
  'method' | 'endpoint' | 'auth' | 'headers' | 'parameters' | 'from'
> & { batch: Pick<Batch, 'array'> | null }

/** Stands for the access token in a recorded request. No secret of the user's can have this name. */
export const accessTokenName = 'access token'

/** Rows that are on and named, as `name=value` joined by ampersands. */
export function renderRows(rows: readonly Row[], place: 'form' | 'url', context: RenderContext): TextPair {
  const text = new TextPair()
  for (const part of partsOfRows(rows, place)) {
    if (part.kind === 'text') text.text(part.text)
    else renderPart(text, part, place, context)
  }
  return text
}

const takenApart = new WeakMap<readonly Row[], Map<SecretPlace, readonly TemplatePart[]>>()

/** Names and texts escaped, once for all messages of the settings. */
function partsOfRows(rows: readonly Row[], place: 'form' | 'url'): readonly TemplatePart[] {
  const known = takenApart.get(rows) ?? new Map<SecretPlace, readonly TemplatePart[]>()
  takenApart.set(rows, known)
  const found = known.get(place)
  if (found) return found
  const parts = rows
    .filter(isOn)
    .flatMap(({ name, value }, index): TemplatePart[] => [
      { kind: 'text', text: `${index > 0 ? '&' : ''}${escapeFor(place, name)}=` },
      ...parseTemplate(value).map((part) =>
        part.kind === 'text' ? { ...part, text: escapeFor(place, part.text) } : part,
      ),
    ])
  known.set(place, parts)
  return parts
}

export const isOn = (row: Row) => row.enabled && row.name.trim() !== ''

/** Fills a template in; its own text is escaped too where it is a value (`escapeText`), and kept where it is syntax. */
export function renderTemplate(
  template: string,
  place: SecretPlace,
  context: RenderContext,
  escapeText = false,
): TextPair {
  const text = new TextPair()
  for (const part of parseTemplate(template)) {
    if (part.kind === 'text') text.text(escapeText ? escapeFor(place, part.text) : part.text)
    else renderPart(text, part, place, context)
  }
  return text
}

export function renderPart(
  text: TextPair,
  part: Exclude<TemplatePart, { kind: 'text' }>,
  place: SecretPlace,
  context: RenderContext,
): void {
  if (part.kind === 'secret') text.secret(escapeFor(place, context.secretValue(part.name)), part.name, place)
  else text.text(filled(part, context, (value) => escapeFor(place, value)))
}

/** What stands for a part that is no secret, made safe for its place. */
export function filled(
  part: Extract<TemplatePart, { kind: 'placeholder' | 'encoding' }>,
  context: RenderContext,
  escape: (value: string) => string,
): string {
  if (part.kind === 'encoding') return escape(wordFor(part, context))
  const value = valueOf(context.values, part.name)
  if (value !== undefined) return escape(value)
  if (context.showMissing) return sourceOf(part)
  throw new UnrenderableError(`There is no value for ${sourceOf(part)}.`)
}

function wordFor(part: Extract<TemplatePart, { kind: 'encoding' }>, context: RenderContext): string {
  const text = valueOf(context.values, 'Body')
  if (text === undefined && !context.showMissing)
    throw new UnrenderableError(`${sourceOf(part)} goes by the text of a message, and there is none here.`)
  return isGsm7(text ?? '') ? part.gsm7 : part.unicode
}

function valueOf(values: PlaceholderValues, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined
}
