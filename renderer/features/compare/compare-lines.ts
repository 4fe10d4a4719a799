import { rowOf, type CompareRow } from './compare-rows.ts'

/** Beyond this many comparisons lines are paired by their number: a page must not freeze over two large answers. */
const mostComparisons = 4_000_000

interface Side {
  text: string
  number: number
}

/** Two texts line by line: the longest run of equal lines stays together, and what stands between is paired. */
export function compareLines(left: string, right: string): CompareRow[] {
  const [lefts, rights] = [linesOf(left), linesOf(right)]
  const pairs = pairLines(lefts, rights)
  return pairs.map(([one, other]) => rowOf(nameOf(one, other), one?.text ?? null, other?.text ?? null))
}

function linesOf(text: string): Side[] {
  return text === '' ? [] : text.split(/\r\n|\n|\r/).map((line, index) => ({ text: line, number: index + 1 }))
}

function nameOf(one: Side | undefined, other: Side | undefined): string {
  if (one && other && one.number !== other.number) return `Line ${one.number} / ${other.number}`
  return `Line ${(one ?? other)?.number}`
}

type Paired = [one: Side | undefined, other: Side | undefined][]

function pairLines(lefts: Side[], rights: Side[]): Paired {
  const shorter = Math.min(lefts.length, rights.length)
  let start = 0
  while (start < shorter && lefts[start]?.text === rights[start]?.text) start += 1
  let end = 0
  while (end < shorter - start && lefts.at(-1 - end)?.text === rights.at(-1 - end)?.text) end += 1
  const middle = (lines: Side[]) => lines.slice(start, lines.length - end)
  const both = (from: number, to: number, shift: number): Paired =>
    lefts.slice(from, to).map((line, index) => [line, rights[from + shift + index]])
  return [
    ...both(0, start, 0),
    ...pairMiddle(middle(lefts), middle(rights)),
    ...both(lefts.length - end, lefts.length, rights.length - lefts.length),
  ]
}

function pairMiddle(lefts: Side[], rights: Side[]): Paired {
  if (lefts.length * rights.length > mostComparisons) return zip(lefts, rights)
  const lengths = commonLengths(lefts, rights)
  const width = rights.length + 1
  const pairs: Paired = []
  let [i, j, fromLeft, fromRight] = [0, 0, 0, 0]
  const flush = () => pairs.push(...zip(lefts.slice(fromLeft, i), rights.slice(fromRight, j)))
  while (i < lefts.length && j < rights.length) {
    if (lefts[i]?.text === rights[j]?.text) {
      flush()
      pairs.push([lefts[i], rights[j]])
      i += 1
      j += 1
      ;[fromLeft, fromRight] = [i, j]
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i += 1
    else j += 1
  }
  ;[i, j] = [lefts.length, rights.length]
  flush()
  return pairs
}

/** How many lines the rests of both sides have in common, for every pair of places. */
function commonLengths(lefts: Side[], rights: Side[]): Uint16Array {
  const width = rights.length + 1
  const lengths = new Uint16Array((lefts.length + 1) * width)
  for (let i = lefts.length - 1; i >= 0; i -= 1) {
    for (let j = rights.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        lefts[i]?.text === rights[j]?.text
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0)
    }
  }
  return lengths
}

function zip(lefts: Side[], rights: Side[]): Paired {
  const longer = lefts.length > rights.length ? lefts : rights
  return longer.map((_line, index) => [lefts[index], rights[index]])
}
