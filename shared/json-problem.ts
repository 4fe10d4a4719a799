/** What keeps a body from being read, and where: offsets into the text. */
export interface BodyProblem {
  from: number
  to: number
  message: string
}

type Wanted = 'value' | 'value or end' | 'name' | 'name or end' | 'colon' | 'comma or end' | 'nothing'

const space = /[ \t\n\r]*/y
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const partOfString = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const word = /[\p{L}\p{N}_$.+'-]+/uy

/**
 * Where a text stops being JSON (RFC 8259), and why; null when it is JSON. The browser's own parser does not say where
 * in every case, nor the same in every browser.
 */
export function jsonProblem(text: string): BodyProblem | null {
  const open: ('{' | '[')[] = []
  let at = 0
  let wanted: Wanted = 'value'

  const lengthOf = (pattern: RegExp) => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0].length ?? 0
  }
  const problem = (message: string, length = 1): BodyProblem => ({
    from: at,
    to: Math.min(text.length, at + Math.max(1, length)),
    message,
  })
  const ended = (): Wanted => (open.length === 0 ? 'nothing' : 'comma or end')

  for (;;) {
    at += lengthOf(space)
    const next = text[at]
    if (next === undefined) return wanted === 'nothing' ? null : problem(unfinished(open.at(-1)))
    const closes = next === '}' || next === ']'
    if (closes && (wanted === 'comma or end' || wanted === 'value or end' || wanted === 'name or end')) {
      if (open.pop() !== (next === '}' ? '{' : '['))
        return problem(`This ${next} closes what it did not open.`)
      at += 1
      wanted = ended()
    } else if (wanted === 'colon' || wanted === 'comma or end') {
      if (next !== (wanted === 'colon' ? ':' : ',')) return problem(missing(wanted), lengthOf(word))
      at += 1
      wanted = wanted === 'colon' ? 'value' : open.at(-1) === '{' ? 'name' : 'value'
    } else if (wanted === 'nothing') return problem('The JSON ends before this.', text.length)
    else if (next === '"') {
      const length = lengthOf(string)
      if (length === 0) return badString(text, at, lengthOf(partOfString))
      at += length
      wanted = wanted.startsWith('name') ? 'colon' : ended()
    } else if (wanted === 'name' || wanted === 'name or end') return problem(notAName(next), lengthOf(word))
    else if (next === '{' || next === '[') {
      open.push(next)
      at += 1
      wanted = next === '{' ? 'name or end' : 'value or end'
    } else {
      const length = lengthOf(scalar)
      if (length === 0) return problem(notAValue(next), lengthOf(word))
      at += length
      wanted = ended()
    }
  }
}

function unfinished(open: '{' | '[' | undefined): string {
  if (open === undefined) return 'A value is missing.'
  return `The end comes too soon: a ${open === '{' ? '}' : ']'} is missing.`
}

function missing(wanted: 'colon' | 'comma or end'): string {
  return wanted === 'colon' ? 'A colon is missing before this.' : 'A comma is missing before this.'
}

function notAName(next: string): string {
  if (next === '}') return 'The comma before this is one too many.'
  return next === ',' ? 'This comma is one too many.' : 'Names stand in double quotes.'
}

function notAValue(next: string): string {
  if (next === '}' || next === ']') return 'A value is missing before this, or the comma is one too many.'
  if (next === ',' || next === ':') return 'A value is missing before this.'
  return 'This is no value. Text stands in double quotes.'
}

function badString(text: string, start: number, length: number): BodyProblem {
  const at = start + length
  const next = text[at]
  if (next === '\\')
    return { from: at, to: at + 2, message: 'This backslash stands before nothing that it can escape.' }
  if (next === undefined || next === '\n' || next === '\r')
    return {
      from: start,
      to: at,
      message: 'This string has no closing quote; a line break in it is written \\n.',
    }
  return { from: at, to: at + 1, message: 'This control character has to be escaped, a tab as \\t.' }
}
