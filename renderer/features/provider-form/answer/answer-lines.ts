import type { AnswerLine } from './answer-line.ts'
import { jsonLines } from './json-lines.ts'
import { xmlLines } from './xml-lines.ts'

/** A body laid out so that each value of it knows its path; null for what is neither JSON nor XML. */
export function answerLines(body: string): { kind: 'JSON' | 'XML'; lines: AnswerLine[] } | null {
  const plain = body.replace(/^\uFEFF/, '')
  const json = jsonLines(plain)
  if (json) return { kind: 'JSON', lines: json }
  const xml = xmlLines(plain)
  return xml && { kind: 'XML', lines: xml }
}
