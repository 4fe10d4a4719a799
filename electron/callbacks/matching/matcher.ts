import type { ReadCallback } from '#shared/callbacks/callback.ts'
import type { ReplyWords } from '#shared/callbacks/reply-words.ts'
import { hasOpenItems, type ItemRow } from '../../db/incoming/callback-items.ts'
import { markRead, type CallbackRow, type ReadingRow } from '../../db/incoming/callbacks.ts'
import type { Store } from '../../db/store.ts'
import type { GatheredAttempt } from '../../db/incoming/vendor-ids.ts'
import { finishReading, matchItems, noChanges, type Changes, type MatchTools, type Unread } from './match.ts'
import { Orphans } from './orphans.ts'
import { readReplyWords } from '../conversations/reply-words.ts'
import { mostItems, mostRows, nothing, UnreadQueue, type UnreadParts } from './unread-queue.ts'

/** A piece has many rows: it need not wait for others to share its transaction. */
const pieceWorth = 1
const afterFailureMs = 5000
const expireEveryMs = 10 * 60_000

export interface Matched {
  row: CallbackRow
  reading: ReadingRow
  first: ItemRow | null
}

export interface MatcherParts extends UnreadParts {
  now: () => number
  /** Ids of messages that were sent a moment ago are gathered before anything is matched. */
  gather: () => Promise<void>
  onMatched: (matched: Matched[], changes: Changes) => void
}

/**
 * Reads and matches what was kept, in pieces and in the order in which it came. A mark in the store says how far it has
 * come, so what a crash interrupted is gone on with.
 */
export class Matcher {
  private readonly parts: MatcherParts
  private working: Promise<void> | null = null
  private again = false
  private closed = false
  private timer: NodeJS.Timeout | undefined
  private readonly expiry: NodeJS.Timeout
  private words: ReplyWords | null = null
  private readonly unread: UnreadQueue
  private careful = false
  private readonly orphans: Orphans
  private rounds = 0
  private readonly atRound: (() => void)[] = []

  constructor(parts: MatcherParts) {
    this.parts = parts
    this.unread = new UnreadQueue(parts)
    this.orphans = new Orphans({
      now: parts.now,
      store: () => this.store,
      inTransaction: (work) => this.inTransaction(work),
      onMatched: (changes) => parts.onMatched([], changes),
    })
    this.expiry = setInterval(() => {
      this.orphans.lookAt('due')
      this.wake()
    }, expireEveryMs).unref()
  }

  /** A request was kept; `read` where it is known already what it says. Returns at once. */
  take(row: CallbackRow, read: ReadCallback | null): void {
    this.unread.add({ row, read })
    this.wake()
  }

  /** There may be something to read. Returns at once. */
  wake(): void {
    if (this.closed) return
    this.again = true
    this.working ??= this.work().finally(() => {
      this.working = null
      this.endRound()
    })
  }

  /** Messages whose ids are known now: what waits for them is looked at again. */
  gatheredSome(gathered: readonly GatheredAttempt[]): void {
    if (!this.parts.stores.isReady || !this.parts.stores.store.read(hasOpenItems)) return
    this.orphans.lookFor(gathered)
    this.wake()
  }

  /** The words changed, or the whole store did. */
  forget(): void {
    this.words = null
    this.unread.clear()
    this.orphans.lookAt('all')
  }

  /** Resolves when what was kept by now was looked at, or cannot be for now, whatever comes meanwhile. */
  async round(): Promise<void> {
    const first = this.rounds
    this.wake()
    while (this.working && this.rounds < first + 2)
      await new Promise<void>((resolve) => this.atRound.push(resolve))
  }

  /** Resolves when all that was kept so far is matched, or cannot be for now. */
  async settled(): Promise<void> {
    while (this.working) await this.working
  }

  async close(): Promise<void> {
    await this.settled()
    this.closed = true
    clearTimeout(this.timer)
    clearInterval(this.expiry)
    await this.working
  }

  private get store(): Store {
    return this.parts.stores.store
  }

  private async work(): Promise<void> {
    // Whoever woke it goes on first: what comes in the same moment is one piece.
    await Promise.resolve()
    try {
      while (this.again && !this.closed && this.parts.stores.isReady) {
        this.again = false
        await this.parts.gather()
        await this.readAll()
        await this.orphans.look()
        this.endRound()
      }
    } catch (error) {
      this.parts.log.error('Callbacks could not be matched; it is tried again', { error })
      this.careful = true
      if (!this.closed) this.timer = setTimeout(() => this.wake(), afterFailureMs).unref()
    }
  }

  private endRound(): void {
    this.rounds += 1
    for (const resolve of this.atRound.splice(0)) resolve()
  }

  private async readAll(): Promise<void> {
    for (;;) {
      const { store } = this
      const piece = await this.unread.next(this.careful ? 1 : mostRows)
      if (piece === null) break
      await this.write(piece, store)
    }
    this.careful = false
  }

  /** `from`: where it was read; to another store, which was put in its place meanwhile, it says nothing. */
  private async write(piece: readonly Unread[], from: Store): Promise<void> {
    const [first] = piece
    if (!first || from !== this.store) return
    try {
      if (first.read.items.length - first.from > mostItems) {
        // The mark goes with the last of its transactions.
        const { changes } = await this.inTransaction((tools) => void matchItems(tools, first, mostItems))
        this.parts.onMatched([], changes)
        return await this.write([{ ...first, from: first.from + mostItems }], from)
      }
      const { value, changes } = await this.inTransaction((tools) => {
        const matched = piece.map((unread) => matchOne(tools, unread))
        markRead(tools.db, piece.at(-1)?.row.seq ?? first.row.seq)
        return matched
      })
      for (const { row } of piece) this.unread.drop(row.seq)
      this.parts.onMatched(value, changes)
    } catch (error) {
      if (!this.careful) throw error
      await this.setAside(first, error)
    }
  }

  /** One request that cannot be matched must not keep all others waiting. */
  private async setAside({ row, from }: Unread, error: unknown): Promise<void> {
    if (isOfTheStore(error)) throw error
    this.parts.log.error('A callback could not be matched', { callback: row.id, error })
    const why = 'Matching it failed inside the workbench; the log says how.'
    const read: ReadCallback = { ...nothing, trouble: 'unreadable', why }
    const { value, changes } = await this.inTransaction(({ db }) => {
      const reading = finishReading(db, { row, read, from }, null)
      markRead(db, row.seq)
      return reading
    })
    this.parts.onMatched([{ row, reading: value, first: null }], changes)
  }

  private async inTransaction<Value>(
    work: (tools: MatchTools) => Value,
  ): Promise<{ value: Value; changes: Changes }> {
    this.words ??= this.store.read(readReplyWords)
    const { words } = this
    return this.store.write((db) => {
      // Made anew each time: a write may be run twice.
      const tools: MatchTools = {
        db,
        words,
        changes: noChanges(),
        now: this.parts.now(),
      }
      const value = work(tools)
      return { value, changes: tools.changes }
    }, pieceWorth)
  }
}

function matchOne(tools: MatchTools, unread: Unread): Matched {
  const items = matchItems(tools, unread, mostItems)
  const whole = unread.from === 0
  const reading = finishReading(tools.db, unread, whole ? items : null)
  return { row: unread.row, reading, first: whole ? (items[0] ?? null) : null }
}

/** A full disk or a damaged page is no fault of the callback. */
function isOfTheStore(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^SQLITE_(?!CONSTRAINT)/.test(String(error.code))
}
