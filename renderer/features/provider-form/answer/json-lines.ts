import { readAsWritten, WrittenNumber } from '#shared/json-text.ts'
import type { AnswerLine, AnswerPiece } from './answer-line.ts'
import { layOut, spellPath, type Step } from './lay-out.ts'

export function jsonLines(body: string): AnswerLine[] | null {
  const parsed = readAsWritten(body)
  return parsed && layOut(parsed.value, { opened, value: scalar })
}

const opened = (value: unknown) => (isStructure(value) ? { inside: value, mark: '' } : null)

const isStructure = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof WrittenNumber)

function scalar(value: unknown, steps: readonly Step[]): AnswerPiece {
  const written = value instanceof WrittenNumber ? value.text : JSON.stringify(value)
  const path = spellPath(steps)
  if (path === null || value === null) return { kind: 'value', text: written }
  return { kind: 'value', text: written, path, value: typeof value === 'string' ? value : written }
}
