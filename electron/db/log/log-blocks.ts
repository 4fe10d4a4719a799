import type { Database } from 'better-sqlite3'
import type { ShownState } from '#shared/message.ts'
import { indexedText } from '#shared/message-search.ts'
import { unknownCondition } from '../messages.ts'
import { blockSize, packed } from './places.ts'
import { prepared } from '../prepared.ts'
import { eachRun, PairSet, runNumbers } from './text-runs.ts'

/*
 * The log described by blocks of messages: for whatever is asked for, the places of a block's messages that have it. A
 * block is described once it is full, its texts at any time, what became of its messages when each has an outcome. Where
 * something changes after that, the store itself takes the description back (0014), and it is made again.
 */

/** Where a block's pairs of characters are kept, beside its runs. */
export const pairsKey = -1

/** A block that is full, but not or not wholly described, after this one; null where there is none. */
export function nextToDescribe(db: Database, after: number): number | null {
  const top = topBlock(db)
  const known = prepared(db, 'SELECT block, marked FROM log_blocks WHERE block > ? ORDER BY block')
    .raw()
    .all(after) as [block: number, marked: 0 | 1][]
  let block = after + 1
  for (const [one, marked] of known) {
    if (one > block) break
    if (marked === 0) return block
    block = one + 1
  }
  return block < top ? block : null
}

/** Messages of full blocks whose texts are not described, about. */
export function countUndescribed(db: Database): number {
  return (topBlock(db) - Number(prepared(db, 'SELECT count(*) FROM log_blocks').pluck().get())) * blockSize
}

/** The one that is being filled. */
function topBlock(db: Database): number {
  const top = Number(prepared(db, 'SELECT coalesce(max(seq), 0) FROM messages').pluck().get())
  return Math.floor(top / blockSize)
}

/**
 * Describes the next part of a block, its texts or what became of its messages, in the transaction of the caller. Answers
 * whether that was the last one.
 */
export function describePart(db: Database, block: number): boolean {
  const isKnown = prepared(db, 'SELECT 1 FROM log_blocks WHERE block = ?').get(block) !== undefined
  if (isKnown) describeMarks(db, block)
  else describeTexts(db, block)
  return isKnown
}

function describeTexts(db: Database, block: number): void {
  const base = block * blockSize
  const rows = prepared(db, 'SELECT seq, created_at, to_number, body FROM messages WHERE seq BETWEEN ? AND ?')
    .raw()
    .all(base, base + blockSize - 1) as [seq: number, at: number, to: string, body: string][]
  const runs: number[][] = Array.from({ length: runNumbers }, () => [])
  const last = new Int16Array(runNumbers).fill(-1)
  const pairs = new PairSet()
  let [first, newest] = [Infinity, -Infinity]
  for (const [seq, at, to, body] of rows) {
    const place = seq - base
    const text = indexedText(to, body)
    pairs.add(text)
    eachRun(text, (run) => {
      if (last[run] === place) return
      last[run] = place
      runs[run]?.push(place)
    })
    first = Math.min(first, at)
    newest = Math.max(newest, at)
  }
  const [from, until] = rows.length === 0 ? [0, 0] : [first, newest]
  prepared(db, 'INSERT INTO log_blocks (block, first_at, last_at, marked) VALUES (?, ?, ?, 0)').run(
    block,
    from,
    until,
  )
  const insert = prepared(db, 'INSERT INTO log_runs (block, run, places) VALUES (?, ?, ?)')
  insert.run(block, pairsKey, pairs.bytes)
  for (const [run, places] of runs.entries()) if (places.length > 0) insert.run(block, run, packed(places))
}

type MarkedRow = [
  seq: number,
  provider: string | null,
  group: string | null,
  state: ShownState,
  outcomeClass: string | null,
  outcomeCode: string | null,
  country: string | null,
  test: 0 | 1,
  simulated: 0 | 1,
  twice: 0 | 1,
]

/** Nothing while a message of the block is on its way: it would have to be done again. */
function describeMarks(db: Database, block: number): void {
  const base = block * blockSize
  const rows = prepared(
    db,
    `SELECT seq, provider_id, group_id, CASE WHEN state = 'failed' AND ${unknownCondition} THEN 'unknown' ELSE state END,
       outcome_class, outcome_code, country, test, simulated, may_arrive_twice
     FROM messages WHERE seq BETWEEN ? AND ?`,
  )
    .raw()
    .all(base, base + blockSize - 1) as MarkedRow[]
  const marks = new Map<string, number[]>()
  for (const [
    seq,
    provider,
    group,
    state,
    outcomeClass,
    outcomeCode,
    country,
    test,
    simulated,
    twice,
  ] of rows) {
    if (outcomeClass === null) return
    const place = seq - base
    const add = (mark: string) => {
      const places = marks.get(mark)
      if (places) places.push(place)
      else marks.set(mark, [place])
    }
    add(markOf.any)
    if (provider !== null) add(markOf.provider(provider))
    if (group !== null) add(markOf.group(group))
    add(markOf.state(state))
    add(markOf.outcomeClass(outcomeClass))
    if (outcomeCode !== null) add(markOf.outcomeCode(outcomeCode))
    if (country !== null) add(markOf.country(country))
    if (test === 1) add(markOf.test)
    if (simulated === 1) add(markOf.simulated)
    if (twice === 1) add(markOf.twice)
  }
  prepared(db, 'DELETE FROM log_marks WHERE block = ?').run(block)
  const insert = prepared(db, 'INSERT INTO log_marks (block, mark, places) VALUES (?, ?, ?)')
  for (const [mark, places] of marks) insert.run(block, mark, packed(places))
  prepared(db, 'UPDATE log_blocks SET marked = 1 WHERE block = ?').run(block)
}

/** What a message may be asked for by. */
export const markOf = {
  /** It is there at all. */
  any: 'any',
  provider: (id: string) => `provider ${id}`,
  group: (id: string) => `group ${id}`,
  /** As the log shows it. */
  state: (state: ShownState) => `state ${state}`,
  outcomeClass: (outcome: string) => `class ${outcome}`,
  outcomeCode: (code: string) => `code ${code}`,
  country: (country: string) => `country ${country}`,
  test: 'test',
  simulated: 'simulated',
  twice: 'twice',
}
