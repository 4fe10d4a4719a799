import { nameCharacter } from './character-name.ts'
import { isGsm7 } from './gsm7.ts'
import { plainForms } from './plain-table.ts'

/** A piece of a text that forces Unicode: what is seen as one character, with its marks and joiners. */
export interface UnicodeSpot {
  from: number
  to: number
  text: string
  /** What could stand there in GSM-7, '' for what is not seen anyway; null when nothing says the same. */
  plain: string | null
}

/** The spots of one character, or of one kind of characters (a script, emoji) where none has a plain form. */
export interface UnicodeGroup {
  name: string
  plain: string | null
  spots: UnicodeSpot[]
}

const clusters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

export function findUnicodeSpots(text: string): UnicodeSpot[] {
  if (isGsm7(text)) return []
  const spots: UnicodeSpot[] = []
  for (const { segment: cluster, index } of clusters.segment(text)) {
    if (isGsm7(cluster)) continue
    spots.push({
      from: index,
      to: index + cluster.length,
      text: cluster,
      plain: plainAt(text, index, cluster),
    })
  }
  return spots
}

/** In the order of first appearance, those without a plain form first: they decide. */
export function groupSpots(spots: UnicodeSpot[]): UnicodeGroup[] {
  const groups = new Map<string, UnicodeGroup>()
  for (const spot of spots) {
    const name = nameCharacter(spot.text)
    const key = spot.plain === null ? `kind ${name}` : `${spot.text} ${spot.plain}`
    const group = groups.get(key) ?? { name, plain: spot.plain, spots: [] }
    group.spots.push(spot)
    groups.set(key, group)
  }
  const all = [...groups.values()]
  return [...all.filter(({ plain }) => plain === null), ...all.filter(({ plain }) => plain !== null)]
}

/** The text with plain forms in these spots, which are in its order. */
export function replaceSpots(text: string, spots: UnicodeSpot[]): string {
  let result = ''
  let from = 0
  for (const spot of spots) {
    result += text.slice(from, spot.from) + (spot.plain ?? spot.text)
    from = spot.to
  }
  return result + text.slice(from)
}

/** Written plainly, a raised 2 or a half would run into the digits before it: 10² is not 102, nor 1½ 11/2. */
function plainAt(text: string, index: number, cluster: string): string | null {
  const plain = plainOf(cluster)
  const runsTogether = plain !== null && /^\d/.test(plain) && /\d/.test(text[index - 1] ?? '')
  if (!runsTogether || !/^\p{No}/u.test(cluster)) return plain
  return /^[\u00b2\u00b3\u00b9\u2070-\u2079]/.test(cluster) ? `^${plain}` : ` ${plain}`
}

function plainOf(cluster: string): string | null {
  const whole = plainForms.get(cluster)?.plain ?? gsmForm(cluster)
  if (whole !== null) return whole
  let plain = ''
  for (const character of cluster.normalize('NFC')) {
    const form = isGsm7(character) ? character : plainCharacter(character)
    if (form === null) return null
    plain += form
  }
  return plain
}

/** Some compositions are in the alphabet (e and acute), and some characters are doubles of those that are (ohm). */
function gsmForm(text: string): string | null {
  const forms = [text.normalize('NFC'), text.normalize('NFKC')]
  return forms.find((form) => form !== '' && isGsm7(form)) ?? null
}

/** Marks go, as they are worth less than the letter; what is left of a letter without them has to be in the table. */
function plainCharacter(character: string): string | null {
  const known = plainForms.get(character)?.plain ?? gsmForm(character)
  if (known !== null) return known
  if (/^\p{M}$/u.test(character)) return ''
  const parts = [...character.normalize('NFKD')]
  if (parts.length === 1 && parts[0] === character) return null
  let plain = ''
  for (const part of parts) {
    const form = isGsm7(part) ? part : /^\p{M}$/u.test(part) ? '' : (plainForms.get(part)?.plain ?? null)
    if (form === null) return null
    plain += form
  }
  return plain
}
