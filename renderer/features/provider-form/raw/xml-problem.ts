import type { BodyProblem } from '#shared/json-problem.ts'

/** What the browser's own parser says; placeholders and references to secrets are plain text to it. */
export function xmlProblem(text: string): BodyProblem | null {
  const error = new DOMParser().parseFromString(text, 'application/xml').querySelector('parsererror')
  if (!error) return null
  const told = error.querySelector('div')?.textContent ?? error.textContent ?? ''
  const [, line, column, said = ''] =
    /line(?: number)? (\d+)[^\d]+column (\d+):?\s*([^\n]*)/i.exec(told) ?? []
  const from = offsetOf(text, Number(line ?? 1), Number(column ?? 1))
  const message = said.trim().replace(/\.?$/, '.')
  return {
    from,
    to: Math.min(text.length, from + 1),
    message: said ? message : 'This is not well-formed XML.',
  }
}

function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split('\n')
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
  // The parser points behind what it stumbled over.
  return Math.min(Math.max(0, text.length - 1), before + Math.max(0, column - 2))
}
