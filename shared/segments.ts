import { septetsOfUnit } from './gsm7.ts'

/**
 * How a text travels: GSM 03.38 seven-bit septets where every character allows it, UCS-2 code units otherwise.
 * A single message holds 160 septets or 70 units; a part of a longer one 153 or 67, as the header that joins the parts
 * takes room. An escape pair and a surrogate pair are never split over two parts. Source: 3GPP TS 23.038 and 23.040.
 */
export type Encoding = 'GSM-7' | 'UCS-2'

export interface Segmentation {
  encoding: Encoding
  /** Septets for GSM-7 (an extension character counts two), code units for UCS-2. */
  units: number
  segments: number
  /** Units that one segment holds at this length. */
  unitsPerSegment: number
  /** Units that still fit before another segment is needed. */
  unitsLeft: number
  /** The first character that forces Unicode, and its position in UTF-16 code units. */
  firstUnicode: { character: string; index: number } | null
}

/** One part of a text: `text.slice(from, to)`, and what it takes of the part's room. */
export interface TextPart {
  from: number
  to: number
  units: number
}

const wholeSeptets = 160
const partSeptets = 153
const wholeUnits = 70
const partUnits = 67

/** Every message that is sent passes here, so short texts are measured without building anything but the answer. */
export function segment(text: string): Segmentation {
  let units = 0
  for (let index = 0; index < text.length; index += 1) {
    const cost = septetsOfUnit[text.charCodeAt(index)]
    if (!cost) return segmentUnicode(text, index)
    units += cost
  }
  if (units > wholeSeptets) return severalSegments('GSM-7', units, partSeptets, cutSeptets(text), null)
  return oneSegment('GSM-7', units, wholeSeptets, null)
}

/** The parts that the text is sent in; none for an empty text. */
export function splitParts(text: string): TextPart[] {
  const { encoding, units, segments } = segment(text)
  if (segments > 1) return encoding === 'GSM-7' ? cutSeptets(text) : cutUnits(text)
  return segments === 1 ? [{ from: 0, to: text.length, units }] : []
}

function segmentUnicode(text: string, index: number): Segmentation {
  const first = { character: String.fromCodePoint(text.codePointAt(index) ?? 0), index }
  if (text.length > wholeUnits) return severalSegments('UCS-2', text.length, partUnits, cutUnits(text), first)
  return oneSegment('UCS-2', text.length, wholeUnits, first)
}

function oneSegment(
  encoding: Encoding,
  units: number,
  unitsPerSegment: number,
  firstUnicode: Segmentation['firstUnicode'],
): Segmentation {
  const segments = units === 0 ? 0 : 1
  return { encoding, units, segments, unitsPerSegment, unitsLeft: unitsPerSegment - units, firstUnicode }
}

function severalSegments(
  encoding: Encoding,
  units: number,
  unitsPerSegment: number,
  parts: TextPart[],
  firstUnicode: Segmentation['firstUnicode'],
): Segmentation {
  const unitsLeft = unitsPerSegment - (parts.at(-1)?.units ?? 0)
  return { encoding, units, segments: parts.length, unitsPerSegment, unitsLeft, firstUnicode }
}

/** For texts of the GSM alphabet only. */
function cutSeptets(text: string): TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  let units = 0
  for (let index = 0; index < text.length; index += 1) {
    const cost = septetsOfUnit[text.charCodeAt(index)] ?? 0
    if (units + cost > partSeptets) {
      parts.push({ from, to: index, units })
      from = index
      units = 0
    }
    units += cost
  }
  parts.push({ from, to: text.length, units })
  return parts
}

function cutUnits(text: string): TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  while (from < text.length) {
    let to = Math.min(from + partUnits, text.length)
    if (to < text.length && splitsPair(text, to)) to -= 1
    parts.push({ from, to, units: to - from })
    from = to
  }
  return parts
}

/** Only a high surrogate that a low one follows makes a pair; lone ones travel as the units that they are. */
function splitsPair(text: string, at: number): boolean {
  return (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(at) & 0xfc00) === 0xdc00
}
