import type { Database } from 'better-sqlite3'
import type { ReceiptState } from '#shared/callbacks/format.ts'
import type { MessageStory, SettledAs } from '#shared/message.ts'
import { deletionOf } from '../../electron/db/delete-provider.ts'
import { deleteGroup, forgetGroups } from '../../electron/db/groups.ts'
import { endWaitOf, sendingAgain } from '../../electron/db/incoming/receipt-waits.ts'
import { getMessageBySeq } from '../../electron/db/messages.ts'
import { deleteOldMessages } from '../../electron/db/retention.ts'
import { recounting } from '../../electron/db/rollups/add.ts'
import { forgetGroupFigures } from '../../electron/db/rollups/figures.ts'
import type { StoreHandle } from '../../electron/db/store-handle.ts'
import { insertStory, type StoryPlace } from '../../electron/messages/open-message.ts'
import { insertNext } from '../../electron/messages/pass-on.ts'
import { settleInterrupted } from '../../electron/messages/recover.ts'
import { settle } from '../../electron/messages/settle.ts'
import { storyOf } from '../../electron/messages/story.ts'
import { endUndelivered, writeResult } from '../../electron/messages/write-result.ts'
import { StatsWorker } from '../../electron/stats/worker.ts'
import type { Actor, Cast, Ensemble } from '../history/cast.ts'
import { comeBack, type Returned } from '../history/receipts.ts'
import { opened, passed } from '../history/stories.ts'
import { answered, why, type Answer } from './stats-answer.ts'

/** One thing that happens to the messages of a store. `which`: picks among those that it can happen to. */
export type Deed = { which: number; minutes: number } & (
  | { kind: 'open'; group: boolean; test: boolean; text: string }
  | { kind: 'answer'; answer: Answer; goesOn: boolean }
  | {
      kind:
        | 'next'
        | 'due'
        | 'end'
        | 'interrupt'
        | 'check'
        | 'repair'
        | 'cancel'
        | 'forgetGroup'
        | 'forgetProvider'
    }
  | { kind: 'receipt'; state: ReceiptState; code: string; text: string }
  | { kind: 'click' | 'reply' }
  | { kind: 'settle'; as: SettledAs }
  | { kind: 'clean'; most: number }
)

/** Does what sender, listener, clean-up and people do to the store, in any order, by the functions that they use. */
export class StatsDeeds {
  /** Something went that no count of the log knows of. */
  forgot = false
  readonly worker: StatsWorker
  private work: Promise<unknown> | null = null
  private readonly stores: StoreHandle
  private actors: readonly Actor[]
  private groups: readonly Ensemble[]
  private at: number
  private count = 0

  constructor(stores: StoreHandle, cast: Cast, worker: StatsWorker, from: number) {
    this.stores = stores
    this.worker = worker
    this.actors = cast.actors
    this.groups = cast.groups
    this.at = from
  }

  async do(deed: Deed): Promise<void> {
    this.at += deed.minutes * 60_000
    if (deed.kind === 'check' || deed.kind === 'repair') this.start(deed.kind)
    else if (deed.kind === 'cancel') this.worker.cancel()
    else if (deed.kind === 'forgetProvider') await this.forgetProvider(deed.which)
    else await this.stores.store.write((db) => this.change(db, deed))
  }

  /** Until no check or repair goes on. */
  async settled(): Promise<void> {
    await this.work
  }

  private start(kind: 'check' | 'repair'): void {
    this.work ??= this.worker.start(kind).finally(() => (this.work = null))
  }

  private change(db: Database, deed: Deed): void {
    switch (deed.kind) {
      case 'open':
        return this.open(db, deed)
      case 'answer':
        return this.answer(db, deed)
      case 'next':
        return this.next(db, deed.which)
      case 'due':
        return this.due(db, deed.which)
      case 'end':
        return this.end(db, deed.which)
      case 'interrupt':
        return void settleInterrupted(db, this.at)
      case 'settle':
        return this.settle(db, deed)
      case 'clean':
        return this.clean(db, deed.most)
      case 'forgetGroup':
        return this.forgetGroup(db, deed.which)
      case 'receipt':
      case 'click':
      case 'reply':
        return this.comeBack(db, deed)
    }
  }

  private open(db: Database, { which, group, test, text }: Deed & { kind: 'open' }): void {
    const through = group ? (pick(this.groups, which) ?? null) : null
    const actor = pick(through?.members.filter((one) => this.actors.includes(one)) ?? this.actors, which)
    if (!actor) return
    this.count += 1
    const id = `00000000-0000-4000-8000-${String(this.count).padStart(12, '0')}`
    const person = { to: '+447700900123', country: 'GB', language: 'en' } as const
    const scene = { id, at: this.at, person, text, group: through, test, runOf: null }
    insertStory(db, opened(scene as never, actor, through ? why : null))
  }

  private answer(db: Database, deed: Deed & { kind: 'answer' }): void {
    const found = this.pick(
      db,
      deed.which,
      "state = 'sending' AND NOT EXISTS (SELECT 1 FROM attempt_results WHERE attempt_seq = last)",
    )
    const actor = found && this.actors.find(({ id }) => id === found.story.providerId)
    if (!found || !actor) return
    writeResult(db, answered(found.story, actor, deed, this.at), found.place, null)
  }

  /** To another provider, after an answer and a pause in which much may come. */
  private next(db: Database, which: number): void {
    const found = this.pick(
      db,
      which,
      "state = 'sending' AND EXISTS (SELECT 1 FROM attempt_results WHERE attempt_seq = last)",
    )
    const actor = pick(this.actors, which)
    if (!found || !actor) return
    insertNext(
      db,
      found.place,
      passed(found.story, { id: found.story.id, person: { to: '' }, text: '' } as never, actor, this.at, why),
    )
  }

  /** No receipt came in time. */
  private due(db: Database, which: number): void {
    const found = this.pick(
      db,
      which,
      `state = 'sent' AND EXISTS (SELECT 1 FROM receipt_waits JOIN attempts ON seq = attempt_seq
      WHERE message_seq = messages.seq AND wait_ended_at IS NULL)`,
    )
    if (!found || !endWaitOf(db, found.place.message, 'no_receipt', this.at)) return
    recounting(db, found.place.message, () => sendingAgain(db, found.place.message))
  }

  /** Nobody is left after that. */
  private end(db: Database, which: number): void {
    const found = this.pick(
      db,
      which,
      `state = 'sending' AND EXISTS (SELECT 1 FROM receipt_waits WHERE attempt_seq = last)
      AND EXISTS (SELECT 1 FROM attempt_results WHERE attempt_seq = last)`,
    )
    if (found) endUndelivered(db, found.story, found.place, this.at)
  }

  private settle(db: Database, { which, as }: Deed & { kind: 'settle' }): void {
    const found = this.pick(db, which, "state IN ('failed', 'sent') AND outcome_class = 'unknown'")
    if (!found) return
    try {
      settle(db, found.story.id, as, this.at)
    } catch {
      // More is known of it.
    }
  }

  private clean(db: Database, most: number): void {
    const { count } = deleteOldMessages(db, { before: this.at - 3_600_000, from: 0, most })
    if (count > 0) this.forgot = true
  }

  private comeBack(db: Database, deed: Deed & { kind: 'receipt' | 'click' | 'reply' }): void {
    const found = this.pick(db, deed.which, 'attempts > 0')
    if (!found) return
    const { story } = found
    comeBack(db, story.id, 1 + (deed.minutes % story.attempts), deed as Returned, this.at)
  }

  private forgetGroup(db: Database, which: number): void {
    const group = pick(this.groups, which)
    if (!group || which % 5 > 0) return
    this.groups = this.groups.filter((one) => one !== group)
    deleteGroup(db, group.id)
    forgetGroupFigures(db, group.id)
  }

  private async forgetProvider(which: number): Promise<void> {
    const actor = pick(this.actors, which)
    if (!actor || which % 3 > 0) return
    await this.stores.store.write((db) => settleInterrupted(db, this.at))
    this.actors = this.actors.filter((one) => one !== actor)
    await this.stores.change(deletionOf(actor.id))
    this.stores.store.read(forgetGroups)
  }

  private pick(
    db: Database,
    which: number,
    condition: string,
  ): { story: MessageStory; place: StoryPlace } | null {
    const rows = db
      .prepare(
        `SELECT seq AS message, last AS attempt FROM (SELECT messages.*, (SELECT seq FROM attempts
           WHERE message_seq = messages.seq ORDER BY position DESC LIMIT 1) AS last FROM messages) AS messages
         WHERE ${condition} ORDER BY seq`,
      )
      .all() as StoryPlace[]
    const place = pick(rows, which)
    const row = place && getMessageBySeq(db, place.message)
    return row && place ? { story: storyOf(db, row), place } : null
  }
}

function pick<T>(from: readonly T[], which: number): T | undefined {
  return from[which % Math.max(1, from.length)]
}
