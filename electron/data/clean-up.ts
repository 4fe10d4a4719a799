import {
  keepEverything,
  retentionSchema,
  type CleanedUp,
  type Retention,
  type RetentionStatus,
} from '#shared/data.ts'
import { readPreferences, writePreference } from '../db/preferences.ts'
import {
  clearedTo,
  clearOldAttempts,
  clearOldCallbacks,
  countOlder,
  deleteOldCallbacks,
  deleteOldMessages,
  strayIds,
  type CleanedStep,
  type CleanStep,
} from '../db/retention.ts'
import type { Database } from 'better-sqlite3'
import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import type { Log } from '../log.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000
/** After a start the page and what was interrupted come first. */
const firstMs = 60_000
/** Rows in one transaction, and the milliseconds between two, in which everybody else has the store. */
const rowsAtOnce = 200
const pauseMs = 15
const tellEveryMs = 500

const names = {
  setting: 'retention',
  last: 'retention.last',
  clearedTo,
} as const

interface CleanUpParts {
  stores: StoreHandle
  events: EventHub
  log: Log
  now: () => number
}

/** Takes away what is older than it is to be kept, in small steps that a crash interrupts without harm. */
export class CleanUp {
  private readonly parts: CleanUpParts
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> | null = null
  private cleaning: CleanedUp | null = null
  private toldAt = -Infinity
  private closed = false

  constructor(parts: CleanUpParts) {
    this.parts = parts
  }

  /** For hosts that stay: soon, and then every hour. */
  keepDoing(): void {
    const again = (ms: number) => {
      this.timer = setTimeout(() => {
        void this.run().finally(() => !this.closed && again(hourMs))
      }, ms).unref()
    }
    again(firstMs)
  }

  async close(): Promise<void> {
    this.closed = true
    clearTimeout(this.timer)
    await this.running
  }

  status(): RetentionStatus {
    return this.parts.stores.store.read((db) => {
      const kept = readPreferences(db)
      const last = (kept[names.last] as RetentionStatus['last'] | undefined) ?? null
      return { retention: retentionOf(kept), cleaning: this.cleaning, last }
    })
  }

  async retain(retention: Retention): Promise<RetentionStatus> {
    await this.parts.stores.store.write((db) => writePreference(db, names.setting, retention))
    void this.run()
    return this.status()
  }

  wouldGo(retention: Retention): CleanedUp {
    const { stores, now } = this.parts
    return stores.store.read((db) => {
      const kept = readPreferences(db)
      const before = (days: number | null) => (days === null ? -Infinity : now() - days * dayMs)
      const [content, message] = [before(retention.contentDays), before(retention.messageDays)]
      const cleared = (table: 'attempts' | 'callbacks') =>
        countOlder(db, table, content, Number(kept[names.clearedTo[table]] ?? 0))
      return {
        messages: countOlder(db, 'messages', message),
        callbacks: countOlder(db, 'callbacks', message),
        contents: cleared('attempts') + cleared('callbacks'),
      }
    })
  }

  /** One at a time: who asks while one is under way waits for that and for one more. Failures are logged. */
  async run(): Promise<void> {
    while (this.running) await this.running
    if (this.closed || !this.parts.stores.isReady) return
    this.running = this.clean().catch((error: unknown) =>
      this.parts.log.warn('Old data could not be cleaned up; it is tried again', { error }),
    )
    await this.running
    this.running = null
    this.tell(true)
  }

  private async clean(): Promise<void> {
    const { stores, now } = this.parts
    const { contentDays, messageDays } = stores.store.read((db) => retentionOf(readPreferences(db)))
    if (contentDays === null && messageDays === null) return
    const done = { messages: 0, callbacks: 0, contents: 0 }
    this.cleaning = done
    try {
      if (messageDays !== null) await this.takeMessages(done, now() - messageDays * dayMs)
      if (contentDays !== null) await this.takeContents(done, now() - contentDays * dayMs)
      const last = { ...done, at: now() }
      if (done.messages + done.callbacks + done.contents > 0)
        await stores.store.write((db) => writePreference(db, names.last, last))
    } finally {
      this.cleaning = null
    }
  }

  private async takeMessages(done: CleanedUp, before: number): Promise<void> {
    await this.each('callbacks', done, before, deleteOldCallbacks)
    await this.each('messages', done, before, deleteOldMessages)
    if (done.messages > 0 && !this.closed) await this.parts.stores.change(strayIds)
  }

  private async takeContents(done: CleanedUp, before: number): Promise<void> {
    await this.each('contents', done, before, remembering('attempts', clearOldAttempts), 'attempts')
    await this.each('contents', done, before, remembering('callbacks', clearOldCallbacks), 'callbacks')
  }

  private async each(
    what: keyof CleanedUp,
    done: CleanedUp,
    before: number,
    step: (db: Database, step: CleanStep) => CleanedStep,
    table?: keyof typeof names.clearedTo,
  ): Promise<void> {
    const { store } = this.parts.stores
    let from = table ? store.read((db) => markOf(db, table)) : 0
    while (!this.closed) {
      const at = from
      const cleaned = await store.write((db) => step(db, { before, from: at, most: rowsAtOnce }))
      done[what] += cleaned.count
      this.tell(false)
      if (cleaned.next === null) return
      from = cleaned.next
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }

  private tell(now: boolean): void {
    if (!now && performance.now() - this.toldAt < tellEveryMs) return
    this.toldAt = performance.now()
    if (this.parts.stores.isReady) this.parts.events.emit('data.changed', this.status())
  }
}

function retentionOf(kept: Record<string, unknown>): Retention {
  return retentionSchema.safeParse(kept[names.setting]).data ?? keepEverything
}

/** What was cleared once is not looked at again. A seq is given anew when the newest rows went: then all are. */
function markOf(db: Database, table: keyof typeof names.clearedTo): number {
  const mark = Number(readPreferences(db)[names.clearedTo[table]] ?? 0)
  const newest = Number(db.prepare(`SELECT coalesce(max(seq), 0) FROM ${table}`).pluck().get())
  return mark > newest ? 0 : mark
}

function remembering(
  table: keyof typeof names.clearedTo,
  clear: (db: Database, step: CleanStep) => CleanedStep,
) {
  let whole = true
  return (db: Database, step: CleanStep): CleanedStep => {
    const cleaned = clear(db, step)
    whole &&= cleaned.whole
    if (cleaned.next !== null && whole) writePreference(db, names.clearedTo[table], cleaned.next)
    return cleaned
  }
}
