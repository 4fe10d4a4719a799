import type { Database } from 'better-sqlite3'
import type { LogFilter } from '#shared/message-log.ts'
import type { SearchWord } from '#shared/message-search.ts'
import { markOf, pairsKey } from './log-blocks.ts'
import {
  addAll,
  allPlaces,
  blockSize,
  isEmpty,
  keepCommon,
  noPlaces,
  takeAway,
  unpackInto,
  type Places,
} from './places.ts'
import { prepared } from '../prepared.ts'
import { PairSet, wantedText, type WantedText } from './text-runs.ts'

/** Of one block the places of messages that may fit. */
export interface Candidates {
  /** The seq of its first place. */
  base: number
  places: Places
  /** They do fit; otherwise each is to be looked at. */
  sure: boolean
}

/** One of the marks has to be there, or must not. */
interface WantedMark {
  anyOf: string[]
  isUnwanted: boolean
}

/** How far a block is described: its texts alone, or what became of its messages, too. */
export type Described = 'texts' | 'marks'

export interface DescribedBlocks {
  /** Undefined where the block is not described. */
  get(block: number): Described | undefined
}

/** What the blocks are asked for on behalf of a filter, compiled once for each walk. */
export class BlockQuery {
  private readonly text: WantedText
  private readonly marks: WantedMark[]
  private readonly since: number
  private readonly until: number
  private readonly isTimed: boolean
  /** Whether a word stands there, or a bulk test made it, is told by a look at the message alone. */
  private readonly needsLook: boolean

  constructor(filter: LogFilter, words: readonly SearchWord[]) {
    this.text = wantedText(words)
    this.since = filter.since ?? -Number.MAX_SAFE_INTEGER
    this.until = filter.until ?? Number.MAX_SAFE_INTEGER
    this.isTimed = filter.since !== undefined || filter.until !== undefined
    this.marks = asksForMarks(filter) ? marksOf(filter) : []
    this.needsLook = words.length > 0 || filter.bulkId !== undefined
  }

  /** False where the blocks know nothing of use: every message fits, or few are looked at anyhow. */
  static helps(filter: LogFilter, words: readonly SearchWord[]): boolean {
    if (filter.counted !== undefined) return false
    return words.length > 0 || asksForMarks(filter)
  }

  /** How far each block from `low` to `high` is described, as far as it matters here. */
  described(db: Database, low: number, high: number): DescribedBlocks {
    const told = (marked: boolean): Described => (this.marks.length > 0 && marked ? 'marks' : 'texts')
    const [count, marked, first, last] = prepared(
      db,
      'SELECT count(*), total(marked), min(block), max(block) FROM log_blocks WHERE block BETWEEN ? AND ?',
    )
      .raw()
      .get(low, high) as [count: number, marked: number, first: number | null, last: number | null]
    if (first === null || last === null) return { get: () => undefined }
    // As a rule they are all described, and a list of all of them would cost more than what is looked for.
    if (last - first + 1 === count && (marked === count || this.marks.length === 0))
      return { get: (block) => (block >= first && block <= last ? told(true) : undefined) }
    const rows = prepared(db, 'SELECT block, marked FROM log_blocks WHERE block BETWEEN ? AND ?')
      .raw()
      .all(low, high) as [block: number, marked: 0 | 1][]
    return new Map(rows.map(([block, isMarked]) => [block, told(isMarked === 1)]))
  }

  /** Of blocks from `low` to `high`, all so far described, ascending; those that hold nothing are left out. */
  candidates(db: Database, low: number, high: number, how: Described): Candidates[] {
    const marks = how === 'marks' ? this.marks : []
    const { sql, keys } = selectionOf(this.text, marks, this.isTimed)
    const times = this.isTimed ? [this.until, this.since] : []
    const rows = prepared(db, sql)
      .raw()
      .all(...keys, low, high, ...times) as BlockRow[]
    return rows.map((row) => this.candidatesIn(row, marks)).filter((found) => found !== null)
  }

  private candidatesIn(
    [block, first, last, pairs, ...found]: BlockRow,
    marks: WantedMark[],
  ): Candidates | null {
    if (pairs !== null && this.text.short.some((word) => !new PairSet(pairs).mayHave(word))) return null
    const needed: Found[] = []
    const unwanted: Found[] = []
    const eitherOf: Found[][][] = []
    let next = 0
    for (const { anyOf, isUnwanted } of marks) {
      const these = found.slice(next, (next += anyOf.length))
      if (isUnwanted) unwanted.push(...these)
      else if (these.length === 1) needed.push(...these)
      else eitherOf.push(these.map((one) => [one]))
    }
    for (const forms of this.text.runs) {
      const these = forms.map((runs) => found.slice(next, (next += runs.length)))
      if (these.length === 1) needed.push(...these.flat())
      else eitherOf.push(these)
    }
    const places = commonTo(needed)
    for (const alternatives of eitherOf) if (places) keepCommon(places, unionOf(alternatives))
    for (const one of unwanted) if (places && one !== null) takeAway(places, unpackInto(spare, one))
    if (places === null || isEmpty(places)) return null
    const isWhole = !this.isTimed || (first >= this.since && last < this.until)
    return { base: block * blockSize, places, sure: marks.length > 0 && isWhole && !this.needsLook }
  }
}

type Found = Uint8Array | null
type BlockRow = [block: number, first: number, last: number, pairs: Found, ...Found[]]

interface Part {
  table: 'log_marks' | 'log_runs'
  key: string | number
  /** Blocks without it are left out. */
  isNeeded: boolean
}

/**
 * The order of the joins is said here and not left to the planner, which would rather read whole descriptions: where there is
 * a mark that has to be there, it begins with the blocks that have it.
 */
function selectionOf(
  text: WantedText,
  wanted: readonly WantedMark[],
  isTimed: boolean,
): { sql: string; keys: (number | string)[] } {
  const marks: Part[] = wanted.flatMap(({ anyOf, isUnwanted }) =>
    anyOf.map((key) => ({ table: 'log_marks', key, isNeeded: hasToBeThere({ anyOf, isUnwanted }) })),
  )
  const runs: Part[] = text.runs.flatMap((forms) =>
    forms.flat().map((key) => ({ table: 'log_runs', key, isNeeded: forms.length === 1 })),
  )
  const pairs: Part[] = text.short.length > 0 ? [{ table: 'log_runs', key: pairsKey, isNeeded: true }] : []
  const parts = [...marks, ...runs, ...pairs].map((part, index) => ({ ...part, name: `part${index}` }))
  const first = parts.find(({ table, isNeeded }) => table === 'log_marks' && isNeeded)
  const rest = parts.filter((part) => part !== first).toSorted((one, other) => rank(one) - rank(other))
  const lead = first?.name ?? 'log_blocks'
  const joins = rest.map(({ table, name, isNeeded }) => {
    const column = table === 'log_marks' ? 'mark' : 'run'
    return `${isNeeded ? 'CROSS JOIN' : 'LEFT JOIN'} ${table} AS ${name} ON ${name}.block = ${lead}.block AND ${name}.${column} = ?`
  })
  const times = first && isTimed ? `CROSS JOIN log_blocks ON log_blocks.block = ${lead}.block` : ''
  const from = first ? `log_marks AS ${lead} ${times}` : 'log_blocks'
  const places = [
    pairs.length > 0 ? `part${parts.length - 1}.places` : 'NULL',
    ...parts.map(({ name }) => `${name}.places`),
  ]
  const columns = [
    `${lead}.block`,
    ...(isTimed ? ['first_at', 'last_at'] : ['0', '0']),
    ...places.slice(0, parts.length + 1 - pairs.length),
  ]
  return {
    sql: `SELECT ${columns.join(', ')} FROM ${from} ${joins.join(' ')}
      WHERE ${first ? `${lead}.mark = ? AND ` : ''}${lead}.block BETWEEN ? AND ? ${isTimed ? 'AND first_at < ? AND last_at >= ?' : ''}
      ORDER BY ${lead}.block`,
    keys: [...rest, ...(first ? [first] : [])].map(({ key }) => key),
  }
}

/** What leaves blocks out comes first, of little tables before large ones. */
function rank({ table, isNeeded }: Part): number {
  return (isNeeded ? 0 : 2) + (table === 'log_marks' ? 0 : 1)
}

function asksForMarks(filter: LogFilter): boolean {
  const isAskedFor = ({ anyOf }: WantedMark) => !anyOf.includes(markOf.any)
  return marksOf(filter).some(isAskedFor) || filter.since !== undefined || filter.until !== undefined
}

function marksOf(filter: LogFilter): WantedMark[] {
  const { providerId, groupId, states, outcomeClass, outcomeCode, country, test, simulated, mayArriveTwice } =
    filter
  const one = (mark: string): WantedMark => ({ anyOf: [mark], isUnwanted: false })
  const flag = (mark: string, wanted: boolean | undefined) =>
    wanted === undefined ? [] : [{ anyOf: [mark], isUnwanted: !wanted }]
  const asked = [
    ...(outcomeCode === undefined ? [] : [one(markOf.outcomeCode(outcomeCode))]),
    ...(outcomeClass === undefined ? [] : [one(markOf.outcomeClass(outcomeClass))]),
    ...flag(markOf.twice, mayArriveTwice),
    ...flag(markOf.test, test),
    ...flag(markOf.simulated, simulated),
    ...(states === undefined ? [] : [{ anyOf: states.map(markOf.state), isUnwanted: false }]),
    ...(country === undefined ? [] : [one(markOf.country(country))]),
    ...(groupId === undefined ? [] : [one(markOf.group(groupId))]),
    ...(providerId === null ? [] : [one(markOf.provider(providerId))]),
  ]
  // Whoever has a mark is there.
  return asked.some(hasToBeThere) ? asked : [...asked, one(markOf.any)]
}

function hasToBeThere({ anyOf, isUnwanted }: WantedMark): boolean {
  return anyOf.length === 1 && !isUnwanted
}

/** Used again for each block. */
const common = noPlaces()
const spare = noPlaces()

/** Null where nothing is common to all. What no message of the block has is not kept. */
function commonTo(found: readonly Found[]): Places | null {
  if (found.length === 0) return allPlaces()
  // Few places take few bytes; no byte stands for all of them.
  const fewest = found.toSorted((one, another) => sizeOf(one) - sizeOf(another))
  for (const [index, bytes] of fewest.entries()) {
    if (bytes === null) return null
    if (index === 0) unpackInto(common, bytes)
    else if (!keepCommon(common, unpackInto(spare, bytes))) return null
  }
  return common.slice()
}

function sizeOf(bytes: Found): number {
  return bytes === null ? -1 : bytes.length || Infinity
}

function unionOf(alternatives: readonly (readonly Found[])[]): Places {
  const places = noPlaces()
  for (const found of alternatives) {
    const fitting = commonTo(found)
    if (fitting) addAll(places, fitting)
  }
  return places
}
