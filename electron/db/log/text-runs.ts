import type { SearchWord } from '#shared/message-search.ts'

/** Runs of three characters are told apart by this many numbers: several share one, and what is found is looked at again. */
export const runNumbers = 2048
/** Bits that tell which pairs and single characters a block has at all. */
const pairBits = 16_384

/** Calls `visit` with the number of each run of three UTF-16 units. */
export function eachRun(text: string, visit: (run: number) => void): void {
  let [first, second] = [text.charCodeAt(0), text.charCodeAt(1)]
  for (let index = 2; index < text.length; index += 1) {
    const third = text.charCodeAt(index)
    visit(mixed(first, second, third) >>> 21)
    first = second
    second = third
  }
}

function mixed(first: number, second: number, third: number): number {
  const mix = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b) ^ Math.imul(third, 0xc2b2ae35)
  return Math.imul(mix ^ (mix >>> 15), 0x2c1b3c6d)
}

/** The pairs and the single characters of many texts. */
export class PairSet {
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array = new Uint8Array(pairBits / 8)) {
    this.bytes = bytes
  }

  add(text: string): void {
    let before = 0
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index)
      this.set(pairNumber(0, unit))
      if (index > 0) this.set(pairNumber(before, unit))
      before = unit
    }
  }

  /** Whether a word of one or two units may stand in one of the texts. */
  mayHave(word: string): boolean {
    const [first, second] = [word.charCodeAt(0), word.charCodeAt(1)]
    if (word.length === 1) return this.has(pairNumber(0, first))
    return (
      this.has(pairNumber(0, first)) && this.has(pairNumber(0, second)) && this.has(pairNumber(first, second))
    )
  }

  private set(bit: number): void {
    this.bytes[bit >> 3] = (this.bytes[bit >> 3] ?? 0) | (1 << (bit & 7))
  }

  private has(bit: number): boolean {
    return ((this.bytes[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0
  }
}

function pairNumber(first: number, second: number): number {
  return mixed(first, second, 7) >>> 18
}

const mostWords = 3
const mostRuns = 4

export interface WantedText {
  /** For each word its forms, and for each form runs that it has. */
  runs: number[][][]
  /** Words of one or two units. */
  short: string[]
}

/** What a message has to have, so that the words may stand in it. */
export function wantedText(words: readonly SearchWord[]): WantedText {
  const forms = words.map(({ text, number }) =>
    number === null || number === text ? [text] : [text, number],
  )
  const long = forms.filter((all) => all.every((form) => form.length >= 3))
  const longest = long.toSorted((one, other) => (other[0]?.length ?? 0) - (one[0]?.length ?? 0))
  return {
    runs: longest.slice(0, mostWords).map((all) => all.map(someRuns)),
    short: forms.flatMap((all) => (all.length === 1 ? all.filter((form) => form.length < 3) : [])),
  }
}

/** A few of many: of a number the last ones, as its beginning is that of many, else spread over the word. */
function someRuns(form: string): number[] {
  const all: number[] = []
  eachRun(form, (run) => all.push(run))
  const runs = [...new Set(all)]
  if (runs.length <= mostRuns) return runs
  if (/^\+?\d+$/.test(form)) return runs.slice(-mostRuns)
  return Array.from({ length: mostRuns }, (_, index) => {
    return runs[Math.round((index * (runs.length - 1)) / (mostRuns - 1))] ?? 0
  })
}
