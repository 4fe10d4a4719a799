import type { Database } from 'better-sqlite3'
import type { ConversationCursor } from '#shared/callbacks/conversation.ts'
import { fitsWords, searchWords, type SearchWord } from '#shared/message-search.ts'
import {
  getSent,
  listNewestMessages,
  listReplies,
  writtenFrom,
  type SentRow,
} from '../../db/incoming/conversations.ts'
import { walkLog } from '../../db/log/message-log.ts'

/** A message or reply that fits, the newest of its number that was seen. */
export interface Candidate {
  number: string
  at: number
  text: string
  direction: 'out' | 'in'
  simulated: boolean
  /** Seq of the message, or the reply's key. */
  key: number
}

export interface ConversationWalk {
  found: Candidate[]
  cursor: ConversationCursor
  ended: boolean
}

const stretch = 500
const mostFromLog = 200

/** Messages or replies, newest first, as far as they were looked through. */
interface Stream {
  /** Fit, are not taken yet, and have a number that none of this stream before them had. */
  waiting: Candidate[]
  /** All from this key on were looked at. */
  at: number
  /** All that are newer than this were looked at. */
  frontier: number
  ended: boolean
  look(): void
}

/**
 * The newest message or reply of each number, newest first over both, looked for from `cursor` on for no longer than
 * `budget` milliseconds. What `isOld` says of is left out.
 */
export function walkConversations(
  db: Database,
  search: string,
  from: ConversationCursor | null,
  { most, budget, isOld }: { most: number; budget: number; isOld: (one: Candidate) => boolean },
): ConversationWalk {
  const until = performance.now() + budget
  const words = searchWords(search)
  const messages = messageStream(db, search, words, from?.message ?? Number.MAX_SAFE_INTEGER, budget / 2)
  const replies = replyStream(db, words, from?.reply ?? Number.MAX_SAFE_INTEGER)
  const streams = [messages, replies]
  const found = new Map<string, Candidate>()
  for (const stream of streams) stream.look()
  for (;;) {
    takeNewest(streams, found, most, isOld)
    if (found.size >= most || performance.now() > until) break
    const next = streams.filter(({ ended }) => !ended).toSorted((a, b) => b.frontier - a.frontier)[0]
    if (!next) break
    next.look()
  }
  const placeOf = ({ waiting, at }: Stream) => (waiting[0] ? waiting[0].key + 1 : at)
  return {
    found: [...found.values()],
    cursor: { message: placeOf(messages), reply: placeOf(replies) },
    ended: streams.every(({ ended, waiting }) => ended && waiting.length === 0),
  }
}

/** Takes what surely comes next: nothing newer can be found in either stream any more. */
function takeNewest(
  streams: Stream[],
  found: Map<string, Candidate>,
  most: number,
  isOld: (one: Candidate) => boolean,
): void {
  const bound = Math.max(...streams.map(({ frontier }) => frontier))
  while (found.size < most) {
    const [next] = streams
      .filter(({ waiting }) => waiting.length > 0)
      .toSorted((one, other) => (other.waiting[0]?.at ?? 0) - (one.waiting[0]?.at ?? 0))
    const candidate = next?.waiting[0]
    // The clock may have been set back: what was looked at is no reason to wait for its own stream.
    if (!next || !candidate || Math.max(candidate.at, next.frontier) < bound) return
    next.waiting.shift()
    if (!found.has(candidate.number) && !isOld(candidate)) found.set(candidate.number, candidate)
  }
}

function messageStream(
  db: Database,
  search: string,
  words: readonly SearchWord[],
  from: number,
  budget: number,
): Stream {
  const seen = new Set<string>()
  const stream: Stream = {
    waiting: [],
    at: from,
    frontier: Infinity,
    ended: false,
    look() {
      const rows = words.length > 0 ? lookInLog() : lookAtAll()
      for (const row of rows) {
        if (seen.has(row.to_number)) continue
        seen.add(row.to_number)
        stream.waiting.push(ofSent(row))
      }
      stream.frontier = stream.ended ? -Infinity : (writtenFrom(db, stream.at) ?? Infinity)
    },
  }
  function lookAtAll(): SentRow[] {
    const rows = listNewestMessages(db, stream.at, stretch)
    stream.at = rows.at(-1)?.seq ?? 0
    stream.ended = rows.length < stretch
    return rows
  }
  function lookInLog(): SentRow[] {
    const filter = { providerId: null, text: search }
    const { found, at, ended } = walkLog(db, filter, {
      from: stream.at,
      towards: 'older',
      most: mostFromLog,
      budget,
    })
    stream.at = at
    stream.ended = ended
    return found.flatMap((seq) => getSent(db, seq) ?? [])
  }
  return stream
}

function ofSent({ to_number, created_at, body, simulated, seq }: SentRow): Candidate {
  return {
    number: to_number,
    at: created_at,
    text: body,
    direction: 'out',
    simulated: simulated === 1,
    key: seq,
  }
}

function replyStream(db: Database, words: readonly SearchWord[], from: number): Stream {
  const seen = new Set<string>()
  const stream: Stream = {
    waiting: [],
    at: from,
    frontier: Infinity,
    ended: false,
    look() {
      const rows = listReplies(db, stream.at, stretch)
      for (const row of rows) {
        const { from_number: number, received_at: at, key } = row
        const text = row.text ?? ''
        if (seen.has(number) || !fitsWords(number, text, words)) continue
        seen.add(number)
        stream.waiting.push({ number, at, text, direction: 'in', simulated: row.simulated === 1, key })
      }
      stream.at = rows.at(-1)?.key ?? 0
      stream.ended = rows.length < stretch
      stream.frontier = stream.ended ? -Infinity : (rows.at(-1)?.received_at ?? -Infinity)
    },
  }
  return stream
}
