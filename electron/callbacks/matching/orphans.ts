import type { Database } from 'better-sqlite3'
import { listOpenItems, listOpenOf, listOpenWithId, type OpenItem } from '../../db/incoming/callback-items.ts'
import type { Store } from '../../db/store.ts'
import type { GatheredAttempt } from '../../db/incoming/vendor-ids.ts'
import { giveUp, matchAgain, type Changes, type MatchTools } from './match.ts'

const orphanMs = 24 * 3_600_000
const atOnce = 500

export interface OrphanParts {
  now: () => number
  store: () => Store
  inTransaction: <Value>(work: (tools: MatchTools) => Value) => Promise<{ value: Value; changes: Changes }>
  onMatched: (changes: Changes) => void
}

/** Looks again at records for which nothing had fitted when they came, for a day. */
export class Orphans {
  private readonly parts: OrphanParts
  private gathered: GatheredAttempt[] = []
  /** Besides those that were gathered: all, or those whose message was on its way or that are too old by now. */
  private others: 'all' | 'due' | 'none' = 'all'

  constructor(parts: OrphanParts) {
    this.parts = parts
  }

  /** Messages whose ids are known now. */
  lookFor(gathered: readonly GatheredAttempt[]): void {
    this.gathered.push(...gathered)
  }

  lookAt(others: 'all' | 'due'): void {
    if (this.others !== 'all') this.others = others
  }

  async look(): Promise<void> {
    const { gathered } = this
    this.gathered = []
    for (let at = 0; at < gathered.length; at += atOnce) {
      const some = gathered.slice(at, at + atOnce)
      await this.match(this.parts.store().read((db) => openOf(db, some)))
    }
    if (this.others === 'none') return
    const before = this.others === 'all' ? Number.MAX_SAFE_INTEGER : this.parts.now() - orphanMs
    this.others = 'none'
    let after = { callback: 0, position: 0 }
    for (;;) {
      const items = this.parts.store().read((db) => listOpenItems(db, after, before, atOnce))
      await this.match(items)
      if (items.length < atOnce) return
      after = items.at(-1) ?? after
    }
  }

  private async match(items: readonly OpenItem[]): Promise<void> {
    if (items.length === 0) return
    const dueBefore = this.parts.now() - orphanMs
    const { changes, value } = await this.parts.inTransaction(
      (tools) => items.filter((item) => matchOpen(tools, { ...item }, dueBefore)).length,
    )
    if (value > 0) this.parts.onMatched(changes)
  }
}

/** In the order in which they came, each once. */
function openOf(db: Database, gathered: readonly GatheredAttempt[]): OpenItem[] {
  const items = gathered.flatMap((one) => [
    ...(one.vendor_id === null ? [] : listOpenWithId(db, one.vendor_id)),
    ...listOpenOf(db, one.message_seq),
  ])
  const once = new Map(items.map((item) => [`${item.callback}/${item.position}`, item]))
  return [...once.values()].sort(
    (one, other) => one.callback - other.callback || one.position - other.position,
  )
}

/** Answers whether anything changed. */
function matchOpen(tools: MatchTools, item: OpenItem, dueBefore: number): boolean {
  if (matchAgain(tools, item)) return true
  if (item.received_at >= dueBefore) return false
  giveUp(tools.db, item)
  return true
}
