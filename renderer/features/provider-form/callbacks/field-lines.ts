import { asText } from '#shared/json-path.ts'
import type { DecodedCallback } from '#shared/callbacks/read/decode.ts'
import { plural } from '../../../lib/format.ts'
import type { AnswerLine, AnswerPiece } from '../answer/answer-line.ts'
import { layOut, type Step } from '../answer/lay-out.ts'
import { xmlLines } from '../answer/xml-lines.ts'
import { insideOf, wholeOf, type FieldPlace, type SamplePlaces } from './sample-places.ts'

/** A piece that can be chosen knows where it stands; a list can be chosen as the list of records. */
export interface FieldPiece extends AnswerPiece {
  place?: FieldPlace
  isList?: boolean
}

export interface FieldGroup {
  title: 'Body' | 'Fields' | 'Query'
  lines: AnswerLine[]
}

/** What a request holds, laid out so that each value and list of it can be chosen. */
export function fieldGroups(decoded: DecodedCallback, text: string, places: SamplePlaces): FieldGroup[] {
  const whole = wholeOf(decoded)
  const groups: FieldGroup[] = []
  if (decoded.xml) groups.push({ title: 'Body', lines: (xmlLines(text) ?? []).map(withXmlPlaces) })
  else if (decoded.body) groups.push({ title: 'Body', lines: linesOf(whole, 'whole', places) })
  if (Object.keys(decoded.query).length > 0) {
    const isWhole = whole === decoded.query
    const lines = linesOf(decoded.query, isWhole ? 'whole' : 'query', places)
    groups.push({ title: isWhole && !decoded.xml ? 'Fields' : 'Query', lines })
  }
  return groups
}

const withXmlPlaces = (line: AnswerLine): AnswerLine => ({
  ...line,
  pieces: line.pieces.map((piece): FieldPiece =>
    piece.path === undefined ? piece : { ...piece, place: { in: 'xml', path: piece.path } },
  ),
})

const longestShown = 400

function linesOf(root: object, where: 'whole' | 'query', places: SamplePlaces): AnswerLine[] {
  const placed = (steps: readonly Step[], piece: AnswerPiece, isList = false): FieldPiece => {
    const place: FieldPlace = { in: where, steps }
    const path = places.pathOf(place)
    return path === null ? piece : { ...piece, path, place, isList }
  }
  return layOut(root, {
    opened: (value) => {
      const inside = insideOf(value)
      if (typeof inside !== 'object' || inside === null) return null
      return { inside, mark: inside === value ? '' : 'JSON in a text ' }
    },
    value: (value, steps) => {
      const written = JSON.stringify(value)
      const text = written.length > longestShown ? `${written.slice(0, longestShown)}…` : written
      return placed(steps, { kind: 'value', text, value: asText(value) })
    },
    list: (list, steps) =>
      where === 'whole' && isRecords(list)
        ? placed(steps, { kind: 'list', text: `[ ${plural(list.length, 'entry', 'entries')}` }, true)
        : { kind: 'plain', text: '[' },
  })
}

const isRecords = (list: readonly unknown[]) => list.every((one) => typeof one === 'object' && one !== null)
