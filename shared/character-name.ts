import { isGsm7 } from './gsm7.ts'
import { plainForms } from './plain-table.ts'

const marks: Record<string, string> = {
  '\u0300': 'grave',
  '\u0301': 'acute',
  '\u0302': 'circumflex',
  '\u0303': 'tilde',
  '\u0304': 'macron',
  '\u0306': 'breve',
  '\u0307': 'dot above',
  '\u0308': 'diaeresis',
  '\u0309': 'hook',
  '\u030a': 'ring',
  '\u030b': 'double acute',
  '\u030c': 'caron',
  '\u031b': 'horn',
  '\u0323': 'dot below',
  '\u0326': 'comma below',
  '\u0327': 'cedilla',
  '\u0328': 'ogonek',
}

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^\p{Surrogate}/u, 'half of a character'],
  [/\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u, 'emoji'],
  [/^\p{Script=Latin}/u, 'Latin letter'],
  [/^\p{Script=Cyrillic}/u, 'Cyrillic'],
  [/^\p{Script=Greek}/u, 'Greek'],
  [/^\p{Script=Arabic}/u, 'Arabic'],
  [/^\p{Script=Hebrew}/u, 'Hebrew'],
  [/^\p{Script=Devanagari}/u, 'Devanagari'],
  [/^\p{Script=Bengali}/u, 'Bengali'],
  [/^\p{Script=Gujarati}/u, 'Gujarati'],
  [/^\p{Script=Gurmukhi}/u, 'Gurmukhi'],
  [/^\p{Script=Tamil}/u, 'Tamil'],
  [/^\p{Script=Telugu}/u, 'Telugu'],
  [/^\p{Script=Kannada}/u, 'Kannada'],
  [/^\p{Script=Malayalam}/u, 'Malayalam'],
  [/^\p{Script=Sinhala}/u, 'Sinhala'],
  [/^\p{Script=Thai}/u, 'Thai'],
  [/^\p{Script=Lao}/u, 'Lao'],
  [/^\p{Script=Khmer}/u, 'Khmer'],
  [/^\p{Script=Myanmar}/u, 'Burmese'],
  [/^\p{Script=Georgian}/u, 'Georgian'],
  [/^\p{Script=Armenian}/u, 'Armenian'],
  [/^\p{Script=Ethiopic}/u, 'Ethiopic'],
  [/^\p{Script=Hangul}/u, 'Hangul'],
  [/^[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'Kana'],
  [/^\p{Script=Han}/u, 'Chinese character'],
  [/^\p{M}/u, 'combining mark'],
  [/^[\p{Cc}\p{Cf}]/u, 'control character'],
  [/^\p{Sc}/u, 'currency sign'],
  [/^\p{L}/u, 'letter'],
  [/^\p{Nd}/u, 'digit'],
  [/^\p{S}/u, 'symbol'],
  [/^\p{P}/u, 'punctuation'],
]

/** What a character, or a cluster that is seen as one, is called; in general words where it has no name here. */
export function nameCharacter(cluster: string): string {
  const known = nameInTable(cluster.replace(/\ufe0f$/, ''))
  if (known !== undefined) return known
  return accentedName(cluster) ?? kinds.find(([kind]) => kind.test(cluster))?.[1] ?? 'character'
}

/** Of the character itself, or of what was hung on a plain one, as a joiner. */
function nameInTable(cluster: string): string | undefined {
  const [base = '', ...rest] = cluster
  if (rest.length === 0 || !isGsm7(base)) return plainForms.get(cluster)?.name
  return rest.map((character) => plainForms.get(character)?.name).find((name) => name !== undefined)
}

function accentedName(cluster: string): string | null {
  const [base = '', ...rest] = cluster.normalize('NFD')
  const names = rest.map((mark) => marks[mark])
  if (!/^[a-z]$/i.test(base) || rest.length === 0 || names.includes(undefined)) return null
  return `${base} with ${names.join(' and ')}`
}

/** As in `U+2019`; of a cluster its first few. */
export function codePoints(cluster: string): string {
  const codes = [...cluster].map((character) => {
    const point = character.codePointAt(0) ?? 0
    return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
  })
  return codes.length > 3 ? `${codes.slice(0, 3).join(' ')}…` : codes.join(' ')
}
