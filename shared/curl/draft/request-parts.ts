import type { Row } from '../../settings.ts'
import { percentDecode } from './address.ts'
import { pairsOf } from './pairs.ts'
import type { Part, Slot } from './slot.ts'

/** A row's whole value as one slot. */
export function partOfRow(row: Row, key: string, kind: Slot['kind'], what: string): Part {
  const slot: Slot = {
    id: key,
    part: key,
    start: 0,
    end: row.value.length,
    kind,
    name: row.name,
    parents: [],
    path: [],
    where: `${what} ${row.name}`,
    value: row.value,
  }
  return { key, text: row.value, slots: [slot] }
}

/** A text of `name=value` pairs with the values as slots. */
export function queryPart(key: string, text: string, what: string): Part {
  const slots = pairsOf(text)
    .slice(0, 500)
    .map(({ name, value, start, end }, index): Slot => {
      return {
        id: `${key} ${index} ${name}`,
        part: key,
        start,
        end,
        kind: 'query',
        name,
        parents: [],
        path: [],
        where: `${what} ${name}`,
        value,
      }
    })
  return { key, text, slots }
}

/** Each step of a path as a slot, called like the step before it. */
export function pathPart(path: string): Part {
  const slots: Slot[] = []
  let at = 0
  let before = ''
  for (const step of path.split('/')) {
    const value = percentDecode(step)
    if (step !== '' && slots.length < 200) {
      const where = before === '' ? 'the path' : `the path, after ${before}`
      const end = at + step.length
      slots.push({
        id: `path ${slots.length}`,
        part: 'path',
        start: at,
        end,
        kind: 'path',
        name: before,
        parents: [],
        path: [],
        where,
        value,
      })
      before = value
    }
    at += step.length + 1
  }
  return { key: 'path', text: path, slots }
}

/** A credential's scheme, such as `App` or `AccessKey`, stays in the open. */
export function headerPart(row: Row, index: number): Part {
  const part = partOfRow(row, `header:${index}`, 'header', 'header')
  const [slot] = part.slots
  const scheme = /^authorization$/i.test(row.name)
    ? /^[A-Za-z][\w-]{0,40}[ \t]+(?=\S)/.exec(row.value)?.[0]
    : undefined
  if (!slot || scheme === undefined) return part
  return { ...part, slots: [{ ...slot, start: scheme.length, value: row.value.slice(scheme.length) }] }
}

/** One text of the authentication. */
export function authPart(name: 'username' | 'password' | 'token', text: string, where: string): Part {
  const part = partOfRow({ name, value: text, enabled: true }, `auth:${name}`, 'auth', '')
  return { ...part, slots: part.slots.map((slot) => ({ ...slot, where })) }
}
