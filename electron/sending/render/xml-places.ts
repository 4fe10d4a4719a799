import type { TemplatePart } from '#shared/placeholders.ts'
import { UnrenderableError } from './escape.ts'
import { slotName, type Place, type PlacedPart, type Slot } from './placed-parts.ts'

type State = 'text' | 'tag' | 'double' | 'single' | 'cdata' | 'comment' | 'declaration' | 'instruction'

/** What begins another state, and which; null goes back to the one around it. */
const turns: Record<State, [start: string, next: State | null][]> = {
  text: [
    ['<!--', 'comment'],
    ['<![CDATA[', 'cdata'],
    ['<!', 'declaration'],
    ['<?', 'instruction'],
    ['<', 'tag'],
  ],
  tag: [
    ['"', 'double'],
    ["'", 'single'],
    ['>', null],
  ],
  double: [['"', null]],
  single: [["'", null]],
  cdata: [[']]>', null]],
  comment: [['-->', null]],
  instruction: [['?>', null]],
  declaration: [
    ['<!--', 'comment'],
    ['<!', 'declaration'],
    ['<?', 'instruction'],
    ['"', 'double'],
    ["'", 'single'],
    ['>', null],
  ],
}

const placeIn: Partial<Record<State, Place>> = {
  text: 'xml',
  tag: 'tag',
  double: 'xml',
  single: 'xml',
  cdata: 'cdata',
  comment: 'comment',
}

/** Where each placeholder of an XML template stands: in a text, an attribute, a CDATA section, a comment or a tag. */
export function xmlPlaces(parts: readonly TemplatePart[]): PlacedPart[] {
  const walk = new Walk()
  return parts.map((part): PlacedPart => {
    if (part.kind !== 'text') return { ...part, place: walk.place(part) }
    walk.over(part.text)
    return part
  })
}

class Walk {
  /** The innermost last. */
  private readonly states: State[] = ['text']
  /** What a section ended with before the last placeholders: without their values its end would join what follows. */
  private before = ''
  private last: Slot | null = null

  private get state(): State {
    return this.states.at(-1) ?? 'text'
  }

  place(slot: Slot): Place {
    this.last = slot
    const place = placeIn[this.state]
    if (place === undefined || this.states.includes('declaration')) {
      const where = this.states.includes('declaration') ? 'the DOCTYPE' : 'a processing instruction'
      throw new UnrenderableError(
        `${slotName(slot)} stands in ${where} of the XML, where no value can stand.`,
      )
    }
    return place
  }

  over(text: string): void {
    this.refuseSeam(text)
    let from = 0
    for (let at = 0; at < text.length;) {
      const turn = turns[this.state].find(([start]) => text.startsWith(start, at))
      at += turn ? turn[0].length : 1
      if (!turn) continue
      if (turn[1] === null) this.states.pop()
      else this.states.push(turn[1])
      from = at
      this.before = ''
    }
    this.before = (this.before + text.slice(from)).slice(-2)
  }

  /** An empty value would let the text on both of its sides end the section, or break the comment. */
  private refuseSeam(text: string): void {
    const { before, state } = this
    const ends = state === 'cdata' ? [']]>'] : state === 'comment' ? ['--', '-->'] : []
    const seam = before + text.slice(0, 2)
    const joins = ends.some((end) => {
      const found = seam.indexOf(end)
      return found >= 0 && found < before.length && found + end.length > before.length
    })
    if (!joins || !this.last) return
    const section = state === 'cdata' ? 'CDATA section' : 'comment'
    throw new UnrenderableError(
      `Without a value for ${slotName(this.last)} the ${section} around it would end early.`,
    )
  }
}
