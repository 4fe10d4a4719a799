import type { TemplatePart } from '#shared/placeholders.ts'
import type { Place, PlacedPart } from './placed-parts.ts'

type State = 'text' | 'tag' | 'double' | 'single' | 'cdata' | 'comment'

/** What begins another state, and which. */
const turns: Record<State, [start: string, next: State][]> = {
  text: [
    ['<!--', 'comment'],
    ['<![CDATA[', 'cdata'],
    ['<', 'tag'],
  ],
  tag: [
    ['"', 'double'],
    ["'", 'single'],
    ['>', 'text'],
  ],
  double: [['"', 'tag']],
  single: [["'", 'tag']],
  cdata: [[']]>', 'text']],
  comment: [['-->', 'text']],
}

const placeIn: Record<State, Place> = {
  text: 'xml',
  tag: 'tag',
  double: 'xml',
  single: 'xml',
  cdata: 'cdata',
  comment: 'comment',
}

/** Where each placeholder of an XML template stands: in a text, an attribute, a CDATA section, a comment or a tag. */
export function xmlPlaces(parts: readonly TemplatePart[]): PlacedPart[] {
  let state: State = 'text'
  return parts.map((part): PlacedPart => {
    if (part.kind !== 'text') return { ...part, place: placeIn[state] }
    state = stateAfter(part.text, state)
    return part
  })
}

function stateAfter(text: string, before: State): State {
  let state = before
  for (let at = 0; at < text.length;) {
    const turn = turns[state].find(([start]) => text.startsWith(start, at))
    at += turn ? turn[0].length : 1
    if (turn) state = turn[1]
  }
  return state
}
