/** What a value of the sample can become. `leave` keeps it as it is written. */
export const roles = ['To', 'Body', 'From', 'TemplateID', 'secret', 'leave'] as const
export type Role = (typeof roles)[number]

/** A value of the sample that may be replaced, and the piece of its text that holds it. */
export interface Slot {
  /** The same for every reading of the same command. */
  id: string
  /** Which text of the settings it stands in. */
  part: string
  start: number
  end: number
  kind: 'path' | 'query' | 'row' | 'json' | 'number' | 'xml' | 'header' | 'auth'
  /** What it is called, and what the things around it are called, outermost first. */
  name: string
  parents: string[]
  /** In JSON: keys and positions from the root. */
  path: readonly (string | number)[]
  /** For people. */
  where: string
  /** Without the escapes of its place. */
  value: string
}

/** A text of the settings with the values in it. */
export interface Part {
  key: string
  text: string
  slots: Slot[]
}

/** The part's text with each slot's piece replaced; null leaves a piece as it is. */
export function fillPart(part: Part, replacement: (slot: Slot) => string | null): string {
  let text = ''
  let at = 0
  for (const slot of part.slots) {
    const put = slot.start < at ? null : replacement(slot)
    if (put === null) continue
    text += part.text.slice(at, slot.start) + (slot.kind === 'number' ? `"${put}"` : put)
    at = slot.end
  }
  return text + part.text.slice(at)
}
