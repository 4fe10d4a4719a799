import { parseTemplate, secretReference } from '#shared/placeholders.ts'
import { jsonProblem, type BodyProblem } from './json-problem.ts'
import { xmlProblem } from './xml-problem.ts'

export type BodyKind = 'json' | 'xml' | 'text'

/** As the request is rendered: by the type's own name, whatever parameters follow it. */
export function kindOfBody(contentType: string): BodyKind {
  const [type = ''] = contentType.split(';', 1)
  if (/\/.*json/i.test(type)) return 'json'
  return /\/(?:.*\+)?xml/i.test(type) ? 'xml' : 'text'
}

export function bodyProblem(text: string, kind: BodyKind): BodyProblem | null {
  if (text.trim() === '' || kind === 'text') return null
  return kind === 'json' ? jsonProblem(standIn(text)) : xmlProblem(text)
}

/** Placeholders and secrets as values of the same length, so that what is found stays where it is. */
export function standIn(text: string): string {
  return parseTemplate(text)
    .map((part) => {
      if (part.kind === 'text') return part.text
      return '0'.padEnd(part.kind === 'secret' ? secretReference(part.name).length : part.name.length + 2)
    })
    .join('')
}

/** Both count from 1. */
export function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
