import { rawKindOf } from '#shared/body-kind.ts'
import { withStandIns } from '#shared/placeholders.ts'
import { jsonProblem, type BodyProblem } from '#shared/json-problem.ts'
import { xmlProblem } from './xml-problem.ts'

export type BodyKind = 'json' | 'xml' | 'text'

/** As the request is rendered; a form is edited as the text that it is. */
export function kindOfBody(contentType: string): BodyKind {
  const kind = rawKindOf(contentType)
  return kind === 'form' ? 'text' : kind
}

export function bodyProblem(text: string, kind: BodyKind): BodyProblem | null {
  if (text.trim() === '' || kind === 'text') return null
  return kind === 'json' ? jsonProblem(withStandIns(text)) : xmlProblem(text)
}

/** Both count from 1. */
export function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
