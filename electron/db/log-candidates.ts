import type { Database } from 'better-sqlite3'
import type { LogFilter } from '#shared/message-log.ts'
import type { SearchWord } from '#shared/message-search.ts'
import { markOf, pairsKey } from './log-blocks.ts'
import { storedStates, tellsUnknownApart } from './message-conditions.ts'
import {
  addAll,
  allPlaces,
  blockSize,
  isEmpty,
  keepCommon,
  noPlaces,
  takeAway,
  unpacked,
  type Places,
} from './places.ts'
import { prepared } from './prepared.ts'
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

/** What the blocks are asked for on behalf of a filter, compiled once for each walk. */
export class BlockQuery {
  private readonly text: WantedText
  private readonly marks: WantedMark[]
  private readonly since: number
  private readonly until: number
  private readonly looksAtMarks: boolean
  private readonly hasWords: boolean
  private readonly sql: string
  private readonly keys: (number | string)[]

  constructor(filter: LogFilter, words: readonly SearchWord[]) {
    this.text = wantedText(words)
    this.hasWords = words.length > 0
    this.since = filter.since ?? -Infinity
    this.until = filter.until ?? Infinity
    this.marks = asksForMarks(filter) ? marksOf(filter) : []
    // What is told apart by more than its marks is looked at, and so is what has words.
    this.looksAtMarks = tellsUnknownApart(filter.states)
    const { sql, keys } = this.compile()
    this.sql = sql
    this.keys = keys
  }

  /** False where every message fits: then the blocks know nothing of use. */
  static helps(filter: LogFilter, words: readonly SearchWord[]): boolean {
    return words.length > 0 || asksForMarks(filter)
  }

  /** Of described blocks from `low` to `high`, ascending; those that hold nothing are left out. */
  candidates(db: Database, low: number, high: number): Candidates[] {
    const rows = prepared(db, this.sql)
      .raw()
      .all(...this.keys, low, high) as BlockRow[]
    return rows.map((row) => this.candidatesIn(row)).filter((found) => found !== null)
  }

  private candidatesIn([block, first, last, marked, pairs, ...found]: BlockRow): Candidates | null {
    if (last < this.since || first >= this.until) return null
    if (pairs !== null && this.text.short.some((word) => !new PairSet(pairs).mayHave(word))) return null
    const places = allPlaces()
    let next = 0
    for (const forms of this.text.runs) {
      const fitting = noPlaces()
      for (const runs of forms) {
        addAll(fitting, commonTo(found.slice(next, next + runs.length)))
        next += runs.length
      }
      keepCommon(places, fitting)
    }
    if (marked === 1) {
      for (const { anyOf, isUnwanted } of this.marks) {
        const fitting = unionOf(found.slice(next, next + anyOf.length))
        next += anyOf.length
        if (isUnwanted) takeAway(places, fitting)
        else keepCommon(places, fitting)
      }
    }
    if (isEmpty(places)) return null
    const isWhole = first >= this.since && last < this.until
    const sure = marked === 1 && isWhole && !this.hasWords && !this.looksAtMarks
    return { base: block * blockSize, places, sure }
  }

  private compile(): { sql: string; keys: (number | string)[] } {
    const runs = this.text.runs.flat(2)
    const marks = this.marks.flatMap(({ anyOf }) => anyOf)
    const asksPairs = this.text.short.length > 0
    const columns = [
      ...runs.map((_, index) => `r${index}.places`),
      ...marks.map((_, index) => `m${index}.places`),
    ]
    const joins = [
      ...(asksPairs ? [`LEFT JOIN log_runs AS p ON p.block = log_blocks.block AND p.run = ${pairsKey}`] : []),
      ...runs.map(
        (_, n) => `LEFT JOIN log_runs AS r${n} ON r${n}.block = log_blocks.block AND r${n}.run = ?`,
      ),
      ...marks.map(
        (_, n) => `LEFT JOIN log_marks AS m${n} ON m${n}.block = log_blocks.block AND m${n}.mark = ?`,
      ),
    ]
    const head = ['log_blocks.block', 'first_at', 'last_at', 'marked', asksPairs ? 'p.places' : 'NULL']
    return {
      sql: `SELECT ${[...head, ...columns].join(', ')} FROM log_blocks ${joins.join(' ')}
        WHERE log_blocks.block BETWEEN ? AND ? ORDER BY log_blocks.block`,
      keys: [...runs, ...marks],
    }
  }
}

type Found = Uint8Array | null
type BlockRow = [block: number, first: number, last: number, marked: 0 | 1, pairs: Found, ...Found[]]

/** The blocks that are described, from `low` to `high`. */
export function describedBlocks(db: Database, low: number, high: number): Set<number> {
  const statement = prepared(db, 'SELECT block FROM log_blocks WHERE block BETWEEN ? AND ?').pluck()
  return new Set(statement.all(low, high) as number[])
}

function asksForMarks(filter: LogFilter): boolean {
  return marksOf(filter).length > 1 || filter.since !== undefined || filter.until !== undefined
}

function marksOf(filter: LogFilter): WantedMark[] {
  const { providerId, groupId, states, outcomeClass, outcomeCode, country, test, simulated, mayArriveTwice } =
    filter
  const one = (mark: string): WantedMark => ({ anyOf: [mark], isUnwanted: false })
  const flag = (mark: string, wanted: boolean | undefined) =>
    wanted === undefined ? [] : [{ anyOf: [mark], isUnwanted: !wanted }]
  return [
    one(markOf.any),
    ...(providerId === null ? [] : [one(markOf.provider(providerId))]),
    ...(groupId === undefined ? [] : [one(markOf.group(groupId))]),
    ...(states === undefined ? [] : [{ anyOf: storedStates(states).map(markOf.state), isUnwanted: false }]),
    ...(outcomeClass === undefined ? [] : [one(markOf.outcomeClass(outcomeClass))]),
    ...(outcomeCode === undefined ? [] : [one(markOf.outcomeCode(outcomeCode))]),
    ...(country === undefined ? [] : [one(markOf.country(country))]),
    ...flag(markOf.test, test),
    ...flag(markOf.simulated, simulated),
    ...flag(markOf.twice, mayArriveTwice),
  ]
}

/** A run that no message of the block has is not kept. */
function commonTo(found: readonly Found[]): Places {
  const places = allPlaces()
  for (const bytes of found) {
    if (bytes === null) return noPlaces()
    keepCommon(places, unpacked(bytes))
  }
  return places
}

function unionOf(found: readonly Found[]): Places {
  const places = noPlaces()
  for (const bytes of found) if (bytes !== null) addAll(places, unpacked(bytes))
  return places
}
