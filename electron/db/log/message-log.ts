import type { Database } from 'better-sqlite3'
import type { LogFilter } from '#shared/message-log.ts'
import { fitsWords, searchWords, type SearchWord } from '#shared/message-search.ts'
import { BlockQuery, type Candidates, type Described, type DescribedBlocks } from './log-candidates.ts'
import { conditionsOf, textConditions, type Conditions, type TextConditions } from './message-conditions.ts'
import { blockSize, listOf } from './places.ts'
import { prepared } from '../prepared.ts'

export interface Walk {
  /** Seqs of messages that fit, in the order of the walk. */
  found: number[]
  /** The last seq that was looked at, or the place before all. */
  at: number
  /** Nothing lies beyond. */
  ended: boolean
}

export interface WalkOptions {
  /** The walk begins beside this seq. */
  from: number
  towards: 'older' | 'newer'
  /** It stops when so many are found. */
  most: number
  /** Milliseconds after which it stops; at least one stretch is looked at. */
  budget: number
}

type Row = [seq: number, to: string, body: string]

const firstStretch = 4000
const quickMs = 4
const slowMs = 16
/** With more candidates in a block than these its rows are read one after the other. */
const fewCandidates = 300
/** Descriptions that are fetched together at first. */
const blocksAtOnce = 16

/** The lowest and the highest seq; zeros in an empty log. */
export function endsOf(db: Database): { first: number; top: number } {
  const get = (which: 'min' | 'max') =>
    Number(prepared(db, `SELECT coalesce(${which}(seq), 0) FROM messages`).pluck().get())
  return { first: get('min'), top: get('max') }
}

/** Null when there is no such message. */
export function seqOf(db: Database, id: string): number | null {
  const seq = prepared(db, 'SELECT seq FROM messages WHERE id = ?').pluck().get(id)
  return seq === undefined ? null : Number(seq)
}

/**
 * Walks through the log by stretches of seqs that grow while they are quick, so that no filter, however rare what it
 * finds, keeps the event loop for long: the caller goes on from `at`.
 */
export function walkLog(db: Database, filter: LogFilter, options: WalkOptions): Walk {
  const { most, budget } = options
  const older = options.towards === 'older'
  const { first, top } = endsOf(db)
  if (top === 0) return { found: [], at: 0, ended: true }
  const began = performance.now()
  const search = new Search(db, filter, { older, first, top, most, deadline: began + budget })
  let at = older ? Math.min(options.from, top + 1) : Math.max(options.from, first - 1)
  let size = firstStretch
  let now = began
  let looked = false
  while (search.found.length < most && (older ? at > first : at < top)) {
    if (looked && now - began > budget) break
    looked = true
    at = search.look(at, size)
    const before = now
    now = performance.now()
    if (now - before < quickMs) size *= 4
    else if (now - before > slowMs) size = Math.max(firstStretch, Math.floor(size / 2))
  }
  return { found: search.found, at, ended: older ? at <= first : at >= top }
}

interface Bounds {
  older: boolean
  first: number
  top: number
  most: number
  /** On the clock of `performance.now`. */
  deadline: number
}

class Search {
  readonly found: number[] = []
  private readonly db: Database
  private readonly bounds: Bounds
  private readonly words: SearchWord[]
  private readonly conditions: Conditions
  private readonly textConditions: TextConditions
  private readonly query: BlockQuery | null
  private readonly described: DescribedBlocks

  constructor(db: Database, filter: LogFilter, bounds: Bounds) {
    this.db = db
    this.bounds = bounds
    this.words = searchWords(filter.text ?? '')
    this.conditions = conditionsOf(filter)
    this.textConditions = textConditions(this.words)
    this.query = BlockQuery.helps(filter, this.words) ? new BlockQuery(filter, this.words) : null
    this.described = this.query?.described(db, blockOf(bounds.first), blockOf(bounds.top)) ?? new Map()
  }

  /** Looks at up to `size` seqs beside `at`, or at described blocks, and answers with the last seq that it came to. */
  look(at: number, size: number): number {
    const { older, first, top } = this.bounds
    const nearest = older ? at - 1 : at + 1
    const how = this.described.get(blockOf(nearest))
    const reach = how ? Infinity : size
    const last = older ? Math.max(first, at - reach) : Math.min(top, at + reach)
    const step = older ? -1 : 1
    let block = blockOf(nearest)
    while (block !== blockOf(last) && this.described.get(block + step) === how) block += step
    const edge = older ? block * blockSize : (block + 1) * blockSize - 1
    const [low, high] = older ? [Math.max(edge, last), nearest] : [nearest, Math.min(edge, last)]
    if (how && this.query) return this.lookAtBlocks(this.query, how, low, high)
    return this.readRows(low, high, this.conditions.index)
  }

  private lookAtBlocks(query: BlockQuery, how: Described, low: number, high: number): number {
    const { older, deadline, most } = this.bounds
    let at = older ? high : low
    for (let some = blocksAtOnce; ; some *= 2) {
      const block = blockOf(at)
      const from = older ? Math.max(block - some + 1, blockOf(low)) : block
      const until = older ? block : Math.min(block + some - 1, blockOf(high))
      const blocks = query.candidates(this.db, from, until, how)
      for (const one of older ? blocks.toReversed() : blocks) {
        const place = this.lookAt(one, Math.max(low, one.base), Math.min(high, one.base + blockSize - 1))
        if (this.found.length >= most || performance.now() > deadline) return place
      }
      const edge = older ? from * blockSize : (until + 1) * blockSize - 1
      if (older ? edge <= low : edge >= high) return older ? low : high
      if (performance.now() > deadline) return edge
      at = older ? edge - 1 : edge + 1
    }
  }

  private lookAt({ base, places, sure }: Candidates, low: number, high: number): number {
    const { older, most } = this.bounds
    const list = listOf(places, low - base, high - base).map((place) => base + place)
    if (!sure && list.length > fewCandidates) return this.readRows(low, high, '')
    for (const seq of older ? list.toReversed() : list) {
      if (!sure && !this.fits(seq)) continue
      this.found.push(seq)
      if (this.found.length >= most) return seq
    }
    return older ? low : high
  }

  private fits(seq: number): boolean {
    const row = this.statement('seq = @low', '').get({
      ...this.conditions.values,
      ...this.textConditions.values,
      low: seq,
    }) as Row | undefined
    return row !== undefined && this.hasWords(row)
  }

  private hasWords([, to, body]: Row): boolean {
    return this.words.length === 0 || fitsWords(to, body, this.words)
  }

  /** Adds what fits until there are enough; answers with the last seq that it came to. */
  private readRows(low: number, high: number, index: string): number {
    const { older, most } = this.bounds
    const rows = this.statement('seq BETWEEN @low AND @high', index).iterate({
      ...this.conditions.values,
      ...this.textConditions.values,
      low,
      high,
    }) as IterableIterator<Row>
    for (const row of rows) {
      if (!this.hasWords(row)) continue
      this.found.push(row[0])
      if (this.found.length >= most) return row[0]
    }
    return older ? low : high
  }

  private statement(place: string, index: string) {
    const { conditions, words } = this
    const columns = words.length > 0 ? 'seq, to_number, body' : 'seq'
    const where = [place, ...conditions.sql, ...this.textConditions.sql].join(' AND ')
    const order = this.bounds.older ? 'DESC' : 'ASC'
    const sql = `SELECT ${columns} FROM messages ${index} WHERE ${where} ORDER BY seq ${order}`
    return prepared(this.db, sql).raw()
  }
}

function blockOf(seq: number): number {
  return Math.floor(seq / blockSize)
}
