import { jsonProblem } from '#shared/json-problem.ts'
import { isJson } from '#shared/json-text.ts'
import { sourceOf, withStandIns, type TemplatePart } from '#shared/placeholders.ts'
import { UnrenderableError } from './escape.ts'
import type { PlacedPart, Slot } from './placed-parts.ts'

/**
 * Inside a JSON string a value is escaped; a placeholder that stands bare (`{"ttl": $$ttl}`) becomes a JSON value of its
 * own. Throws `UnrenderableError` for one that would complete an escape of the template's.
 */
export function jsonPlaces(parts: readonly TemplatePart[]): PlacedPart[] {
  let inString = false
  let isEscaping = false
  return parts.map((part): PlacedPart => {
    if (part.kind !== 'text') {
      if (isEscaping) throw new UnrenderableError(whyNotEscaped(part))
      return { ...part, place: inString ? 'json' : 'bare' }
    }
    inString = endsInString(part.text, inString)
    isEscaping = inString && /(?<!\\)(?:\\\\)*\\(?:u[0-9a-fA-F]{0,3})?$/.test(part.text)
    return part
  })
}

function whyNotEscaped(part: Slot): string {
  const name = part.kind === 'secret' ? `the secret ${part.name}` : sourceOf(part)
  return `A backslash stands before ${name}: it would escape the value’s first character, so the value could leave its string.`
}

function endsInString(text: string, startsInString: boolean): boolean {
  let inString = startsInString
  for (let index = 0; index < text.length; index += 1) {
    if (inString && text[index] === '\\') index += 1
    else if (text[index] === '"') inString = !inString
  }
  return inString
}

/**
 * Refuses a template that is no JSON even with stand-ins for its values: in a comment or between single quotes, where
 * strings begin and end is a matter of opinion, and a value could leave its place.
 */
export function checkJson(template: string, inLines: boolean): void {
  const text = withStandIns(template)
  const pieces = inLines ? text.split('\n') : [text]
  pieces.forEach((piece, index) => {
    if (piece.trim() === '' || isJson(piece)) return
    const before = piece.slice(0, jsonProblem(piece)?.from ?? 0)
    const line = index + before.split('\n').length
    throw new UnrenderableError(`The body is not valid JSON at line ${line}.`)
  })
}
