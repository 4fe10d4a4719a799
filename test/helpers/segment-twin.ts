/**
 * A second reckoning of segments, for tests: the text is laid into octets bit by bit, as 3GPP TS 23.038 (6.1.2) and
 * 23.040 (9.2.3.24) have it, and a part is full when its 140 octets are. Nothing here comes from shared/.
 */

/** The default alphabet by septet code, as code points; 1B is the escape to the extension table. */
const alphabet = `
  40 A3 24 A5 E8 E9 F9 EC F2 C7 A D8 F8 D C5 E5   394 5F 3A6 393 39B 3A9 3A0 3A8 3A3 398 39E 1B C6 E6 DF C9
  20 21 22 23 A4 25 26 27 28 29 2A 2B 2C 2D 2E 2F 30 31 32 33 34 35 36 37 38 39 3A 3B 3C 3D 3E 3F
  A1 41 42 43 44 45 46 47 48 49 4A 4B 4C 4D 4E 4F 50 51 52 53 54 55 56 57 58 59 5A C4 D6 D1 DC A7
  BF 61 62 63 64 65 66 67 68 69 6A 6B 6C 6D 6E 6F 70 71 72 73 74 75 76 77 78 79 7A E4 F6 F1 FC E0`
  .trim()
  .split(/\s+/)
  .map((hexadecimal) => parseInt(hexadecimal, 16))

const escape = 0x1b
const extension = new Map([
  [0x0c, 0x0a],
  [0x5e, 0x14],
  [0x7b, 0x28],
  [0x7d, 0x29],
  [0x5c, 0x2f],
  [0x5b, 0x3c],
  [0x7e, 0x3d],
  [0x5d, 0x3e],
  [0x7c, 0x40],
  [0x20ac, 0x65],
])

export interface TwinPart {
  text: string
  units: number
}

export interface TwinSegments {
  encoding: 'GSM-7' | 'UCS-2'
  units: number
  parts: TwinPart[]
}

const octetsOfMessage = 140
/** Length of the header, the element that joins parts, and its own length, reference, count and number. */
const octetsOfHeader = 6

export function reckonSegments(text: string): TwinSegments {
  // A string's iterator gives pairs of surrogates whole, and lone ones alone.
  const characters = [...text]
  const septets = characters.map((character) => septetsOf(character.codePointAt(0) ?? 0))
  const gsm = septets.every((codes) => codes !== null)
  const costs = gsm ? septets.map((codes) => codes?.length ?? 0) : characters.map(({ length }) => length)
  const fits = gsm ? septetsFit : unitsFit
  const units = costs.reduce((sum, cost) => sum + cost, 0)
  const encoding = gsm ? 'GSM-7' : 'UCS-2'
  if (units === 0) return { encoding, units, parts: [] }
  if (fits(units, 0)) return { encoding, units, parts: [{ text, units }] }
  const parts: TwinPart[] = [{ text: '', units: 0 }]
  for (const [index, character] of characters.entries()) {
    const cost = costs[index] ?? 0
    if (!fits((parts.at(-1)?.units ?? 0) + cost, octetsOfHeader)) parts.push({ text: '', units: 0 })
    const last = parts.at(-1)!
    last.text += character
    last.units += cost
  }
  return { encoding, units, parts }
}

function septetsOf(point: number): number[] | null {
  const escaped = extension.get(point)
  if (escaped !== undefined) return [escape, escaped]
  const code = point === escape ? -1 : alphabet.indexOf(point)
  return code === -1 ? null : [code]
}

/** Septets start on a septet boundary after the header, and are laid bit after bit. */
function septetsFit(count: number, header: number): boolean {
  let bit = 0
  while (bit < header * 8) bit += 7
  for (let septet = 0; septet < count; septet += 1) bit += 7
  return Math.ceil(bit / 8) <= octetsOfMessage
}

function unitsFit(count: number, header: number): boolean {
  return header + count * 2 <= octetsOfMessage
}

/** Room that the last part still has, found by trying. */
export function roomLeft({ encoding, parts }: TwinSegments): number {
  const fits = encoding === 'GSM-7' ? septetsFit : unitsFit
  const used = parts.at(-1)?.units ?? 0
  const header = parts.length > 1 ? octetsOfHeader : 0
  let left = 0
  while (fits(used + left + 1, header)) left += 1
  return left
}
