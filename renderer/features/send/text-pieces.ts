import type { UnicodeSpot } from '#shared/plain-text.ts'
import type { TextPart } from '#shared/segments.ts'

export interface TextPiece {
  text: string
  marked: boolean
  /** The number of the segment that begins here; null within one, and for the first. */
  segment: number | null
}

/** The text in pieces, so that what forces Unicode can be marked and the ends of segments shown. */
export function textPieces(text: string, spots: UnicodeSpot[], parts: TextPart[]): TextPiece[] {
  const segmentAt = new Map(parts.slice(1).map(({ from }, index) => [from, index + 2]))
  const edges = new Set<number>([0, text.length, ...segmentAt.keys()])
  for (const { from, to } of spots) edges.add(from).add(to)
  const sorted = [...edges].sort((one, other) => one - other)
  const pieces: TextPiece[] = []
  let next = 0
  for (const [index, from] of sorted.slice(0, -1).entries()) {
    while ((spots[next]?.to ?? Infinity) <= from) next += 1
    const marked = (spots[next]?.from ?? Infinity) <= from
    const piece = { text: text.slice(from, sorted[index + 1]), marked, segment: segmentAt.get(from) ?? null }
    const last = pieces.at(-1)
    if (last && last.marked === marked && piece.segment === null) last.text += piece.text
    else pieces.push(piece)
  }
  return pieces
}

const mostMarks = 500

/** A text in another script is not to be marked from end to end; what can be mended in it still is. */
export function spotsToMark(text: string, spots: UnicodeSpot[]): UnicodeSpot[] {
  const lasting = spots.filter(({ plain }) => plain === null)
  const telling = lasting.length * 4 > text.length ? spots.filter(({ plain }) => plain !== null) : spots
  return telling.slice(0, mostMarks)
}
