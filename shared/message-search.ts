/** One word of a search: it is found in the text, or, where it reads like a part of a number, in the number. */
export interface SearchWord {
  text: string
  /** Digits, after a plus sign where the word begins with one; null for a word that is no part of a number. */
  number: string | null
}

const mostWords = 10
/** With fewer digits after them, zeros at the beginning are what is looked for. */
const leastOfNumber = 3

/** Accents of Latin, Greek and Cyrillic letters, and the vowels that Arabic may be written without. */
const accents = /[\u0300-\u036f\u064b-\u0652]/g

/** What two spellings have in common: case, accents, width and composition do not matter. The same for a search and what it finds. */
export function foldText(text: string): string {
  // oxlint-disable-next-line no-control-regex
  if (/^[\x01-\x7f]*$/.test(text)) return text.toLowerCase()
  return text
    .replaceAll(/\p{Surrogate}/gu, '\ufffd')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(accents, '')
    .normalize('NFC')
    .replaceAll('ς', 'σ')
    .replaceAll('ß', 'ss')
    .replaceAll('\0', ' ')
}

/** The words of a search, up to ten; none for a blank one. */
export function searchWords(search: string): SearchWord[] {
  const words = foldText(search).split(/\s+/).filter(Boolean)
  return words.slice(0, mostWords).map((text) => ({ text, number: numberPart(text) }))
}

/** Numbers are kept as `+` and digits: zeros that stand before a number within its country, or for the plus, are not in them. */
function numberPart(word: string): string | null {
  if (!/^[+\d(][\d().\-/]*$/.test(word) || !/\d/.test(word)) return null
  const digits = word.replaceAll('(0)', '').replaceAll(/\D/g, '')
  if (word.startsWith('+')) return `+${digits}`
  const significant = digits.replace(/^0+/, '')
  return significant.length >= leastOfNumber ? significant : digits
}

/** Whether each word stands in the text or in the number. */
export function fitsWords(to: string, text: string, words: readonly SearchWord[]): boolean {
  if (words.length === 0) return true
  const folded = foldText(text)
  return words.every(
    (word) => folded.includes(word.text) || (word.number !== null && to.includes(word.number)),
  )
}

/** What a word may stand in: the number and the text, as they are compared. */
export function indexedText(to: string, text: string): string {
  return foldText(`${to}\n${text}`)
}
