/**
 * How a text travels: GSM 03.38 seven-bit septets where every character allows it, UCS-2 code units otherwise.
 * A single message holds 160 septets or 70 units; a part of a longer one 153 or 67, as the header that joins the parts
 * takes room. An escape pair and a surrogate pair are never split over two parts. Source: 3GPP TS 23.038 and 23.040.
 */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const extended = '\f^{}\\[~]|€'

const septets = new Map<string, 1 | 2>()
for (const character of basic) septets.set(character, 1)
for (const character of extended) septets.set(character, 2)

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

export function segment(text: string): Segmentation {
  const firstUnicode = findUnicode(text)
  const costs = firstUnicode ? unicodeCosts(text) : gsmCosts(text)
  const [single, part] = firstUnicode ? [70, 67] : [160, 153]
  const units = costs.reduce((sum, cost) => sum + cost, 0)
  const encoding = firstUnicode ? 'UCS-2' : 'GSM-7'
  if (units <= single) {
    const segments = units === 0 ? 0 : 1
    return { encoding, units, segments, unitsPerSegment: single, unitsLeft: single - units, firstUnicode }
  }
  const { segments, usedInLast } = pack(costs, part)
  return { encoding, units, segments, unitsPerSegment: part, unitsLeft: part - usedInLast, firstUnicode }
}

function findUnicode(text: string): Segmentation['firstUnicode'] {
  let index = 0
  for (const character of text) {
    if (!septets.has(character)) return { character, index }
    index += character.length
  }
  return null
}

function gsmCosts(text: string): number[] {
  return Array.from(text, (character) => septets.get(character) ?? 1)
}

function unicodeCosts(text: string): number[] {
  return Array.from(text, (character) => character.length)
}

function pack(costs: number[], part: number): { segments: number; usedInLast: number } {
  let segments = 1
  let usedInLast = 0
  for (const cost of costs) {
    if (usedInLast + cost > part) {
      segments += 1
      usedInLast = 0
    }
    usedInLast += cost
  }
  return { segments, usedInLast }
}
