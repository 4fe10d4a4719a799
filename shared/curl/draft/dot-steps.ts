import type { Note } from '../curl-words.ts'

/** A path without its steps of `.` and `..`, as curl sends it unless told otherwise (RFC 3986, 5.2.4). */
export function withoutDots(path: string, notes: Note[]): string {
  const steps = path.split('/').slice(1)
  if (!steps.some((step) => step === '.' || step === '..')) return path
  const kept: string[] = []
  steps.forEach((step, index) => {
    const isLast = index === steps.length - 1
    if (step === '..') kept.pop()
    if (step !== '.' && step !== '..') kept.push(step)
    else if (isLast) kept.push('')
  })
  const short = `/${kept.join('/')}`
  notes.push({
    kind: 'check',
    what: '..',
    why: 'curl sends the path without its steps of “.” and “..”, and so does this.',
  })
  return short
}
