import { withStandIns } from './placeholders.ts'

/**
 * Where the record of a batch lies in a JSON body: the one element of the array at the root object's key. `lead` is the
 * space between the array's bracket and the record.
 */
export type BatchRecord =
  | { ok: true; start: number; end: number; lead: string }
  | { ok: false; field: 'array' | 'text'; issue: string }

export function findBatchRecord(body: string, array: string): BatchRecord {
  const text = withStandIns(body)
  const root = parsed(text)
  if (root === undefined)
    return refused('text', 'The body is not valid JSON, so its record cannot be repeated for a batch.')
  if (typeof root !== 'object' || root === null || Array.isArray(root))
    return refused('text', `A batch needs a JSON object with the array “${array}” in it.`)
  const records = Object.hasOwn(root, array) ? (root as Record<string, unknown>)[array] : undefined
  if (records === undefined) return refused('array', `The body has no “${array}” at its root.`)
  if (!Array.isArray(records)) return refused('array', `“${array}” is not an array in the body.`)
  if (records.length !== 1)
    return refused(
      'text',
      `The array “${array}” must hold exactly one record; it is repeated for each message.`,
    )
  return placeOf(text, body, array)
}

const refused = (field: 'array' | 'text', issue: string): BatchRecord => ({ ok: false, field, issue })

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const token = /"(?:[^"\\]|\\.)*"|[[\]{}]/g

/** The text is known to be valid, with the array in it; of keys that are there twice the last counts. */
function placeOf(text: string, body: string, array: string): BatchRecord {
  let depth = 0
  let open = 0
  let place = { start: 0, end: 0, lead: '' }
  for (const { 0: piece, index } of text.matchAll(token)) {
    const end = index + piece.length
    if (piece === '{' || piece === '[') depth += 1
    else if (piece === '}' || piece === ']') {
      depth -= 1
      if (depth === 1 && open > 0) {
        place = inside(body, open, index)
        open = 0
      }
    } else if (depth === 1 && open === 0 && JSON.parse(piece) === array) {
      const opening = /\s*:\s*\[/y
      opening.lastIndex = end
      open = opening.test(text) ? opening.lastIndex : 0
    }
  }
  return { ok: true, ...place }
}

function inside(body: string, from: number, to: number): { start: number; end: number; lead: string } {
  const whole = body.slice(from, to)
  const lead = /^\s*/.exec(whole)?.[0] ?? ''
  return { start: from + lead.length, end: from + whole.trimEnd().length, lead }
}
