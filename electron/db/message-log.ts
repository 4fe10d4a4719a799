import type { Database } from 'better-sqlite3'
import type { LogFilter } from '#shared/message-log.ts'
import { fitsWords, indexQuery, searchWords, type SearchWord } from '#shared/message-search.ts'
import { conditionsOf, type Conditions } from './message-conditions.ts'
import { indexedTo } from './message-search.ts'
import { prepared } from './prepared.ts'

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

type Candidate = [seq: number, to: string, body: string]

const firstStretch = 4000
const quickMs = 4
const slowMs = 16

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
  const search = new Search(db, filter, older, top)
  const found: number[] = []
  const began = performance.now()
  let at = older ? Math.min(options.from, top + 1) : Math.max(options.from, first - 1)
  let size = firstStretch
  let now = began
  let looked = false
  while (found.length < most && (older ? at > first : at < top)) {
    if (looked && now - began > budget) break
    looked = true
    const [low, high] = search.stretch(at, size)
    const last = search.take(low, high, found, most)
    at = last ?? (older ? low : high)
    const before = now
    now = performance.now()
    if (now - before < quickMs) size *= 4
    else if (now - before > slowMs) size = Math.max(firstStretch, Math.floor(size / 2))
  }
  return { found, at, ended: older ? at <= first : at >= top }
}

class Search {
  private readonly db: Database
  private readonly older: boolean
  private readonly top: number
  private readonly words: SearchWord[]
  private readonly query: string | null
  private readonly indexed: number
  private readonly conditions: Conditions

  constructor(db: Database, filter: LogFilter, older: boolean, top: number) {
    this.db = db
    this.older = older
    this.top = top
    this.words = searchWords(filter.text ?? '')
    this.query = indexQuery(this.words)
    this.indexed = this.query === null ? 0 : indexedTo(db)
    this.conditions = conditionsOf(filter)
  }

  /** The seqs from `low` to `high`, beside `at`; all of them indexed, or none. */
  stretch(at: number, size: number): [low: number, high: number] {
    if (this.older) {
      const high = at - 1
      const low = Math.max(1, at - size)
      return [high > this.indexed ? Math.max(low, this.indexed + 1) : low, high]
    }
    const low = at + 1
    const high = Math.min(at + size, this.top)
    return [low, low <= this.indexed ? Math.min(high, this.indexed) : high]
  }

  /** Adds what fits until there are enough, and then answers with the last. */
  take(low: number, high: number, found: number[], most: number): number | null {
    const { words } = this
    const rows = this.statement(high <= this.indexed).iterate({
      ...this.conditions.values,
      low,
      high,
      query: this.query,
    }) as IterableIterator<Candidate>
    for (const [seq, to, body] of rows) {
      if (words.length > 0 && !fitsWords(to, body, words)) continue
      found.push(seq)
      if (found.length >= most) return seq
    }
    return null
  }

  private statement(indexed: boolean) {
    const { conditions, older } = this
    const order = older ? 'DESC' : 'ASC'
    const columns = this.words.length > 0 ? 'seq, to_number, body' : 'seq'
    const where = conditions.sql.map((condition) => ` AND ${condition}`).join('')
    const sql =
      indexed && this.query !== null
        ? `SELECT ${columns} FROM message_search CROSS JOIN messages ON seq = message_search.rowid
           WHERE message_search MATCH @query AND message_search.rowid BETWEEN @low AND @high${where}
           ORDER BY message_search.rowid ${order}`
        : `SELECT ${columns} FROM messages ${conditions.index}
           WHERE seq BETWEEN @low AND @high${where} ORDER BY seq ${order}`
    return prepared(this.db, sql).raw()
  }
}
