import type { BulkJob, BulkSetup } from '#shared/bulk.ts'
import { AppError } from '#shared/errors.ts'
import { cancelWaiting, getJob, listJobsIn, listWaiting, moveJob, type BulkJobRow } from '../db/jobs/bulk.ts'
import { beginDeletion, deleteSome, listDeleting } from '../db/jobs/bulk-deletion.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import type { Log } from '../log.ts'
import type { Sender } from '../messages/sender.ts'
import type { Turns } from '../sending/access/turns.ts'
import { JobRun } from './job-run.ts'
import { jobView } from './job-view.ts'
import { refuseQueued } from './refuse-queued.ts'

export interface DispatcherParts {
  stores: StoreHandle
  sender: Sender
  turns: Turns
  events: EventHub
  log: Log
  now: () => number
  /** What is on its way when the workbench closes has so many milliseconds to come to its end by itself. */
  graceMs?: number | undefined
}

/** Pages are told of a running job this often. */
const tellEveryMs = 250
const usualGraceMs = 5000
const rowsAtOnce = 200

/** Runs the jobs whose messages wait in the store: those that are to run, also after a restart. */
export class Dispatcher {
  private readonly parts: DispatcherParts
  private readonly runs = new Map<string, { run: JobRun; ended: Promise<void>; resumedAt: number | null }>()
  private readonly telling = new Map<string, NodeJS.Timeout>()
  /** What is being cancelled or deleted, piece by piece. */
  private readonly clearing = new Map<string, Promise<void>>()
  private paused = false

  constructor(parts: DispatcherParts) {
    this.parts = parts
  }

  view(row: BulkJobRow): BulkJob {
    return this.parts.stores.store.read((db) => jobView(db, row, this.runs.get(row.id)))
  }

  /** Goes on with what was running, being cancelled or being deleted when the store was last open. */
  resume(): void {
    this.paused = false
    const { stores, now } = this.parts
    if (!stores.isReady) return
    const { store } = stores
    const trouble = 'Its file was not read to the end. Nothing of it was sent.'
    store.writeNow((db) => {
      for (const { seq } of listJobsIn(db, 'loading'))
        moveJob(db, seq, ['loading'], { state: 'cancelled', now: now(), trouble })
    })
    for (const job of store.read(listDeleting)) void this.deleteRest(job)
    for (const row of store.read((db) => listJobsIn(db, 'cancelled'))) void this.cancelRest(row)
    for (const row of store.read((db) => listJobsIn(db, 'running'))) this.run(row, now())
  }

  /** Takes nothing more out of the queue, and waits for a while for what is on its way. */
  async pause(): Promise<void> {
    this.paused = true
    const ended = [...this.runs.values()].map((one) => one.ended)
    for (const { run } of this.runs.values()) run.stop()
    let timer: NodeJS.Timeout | undefined
    const { graceMs = usualGraceMs } = this.parts
    const grace = new Promise<void>((resolve) => (timer = setTimeout(resolve, graceMs)))
    await Promise.race([Promise.all([...ended, ...this.clearing.values()]), grace])
    clearTimeout(timer)
    for (const [id, told] of this.telling) {
      clearTimeout(told)
      this.telling.delete(id)
    }
  }

  /** One that another program left running goes on here; one that runs here is left as it is. */
  async start(id: string): Promise<BulkJob> {
    const row = await this.move(id, ['ready', 'paused', 'running'], 'running')
    this.run(row)
    return this.tell(id)
  }

  /** What is on its way comes to its end. */
  async stop(id: string): Promise<BulkJob> {
    await this.move(id, ['running'], 'paused')
    await this.halt(id)
    return this.tell(id)
  }

  /** What waits is cancelled, what is on its way comes to its end. */
  async cancel(id: string): Promise<BulkJob> {
    const row = await this.move(id, ['loading', 'ready', 'running', 'paused'], 'cancelled')
    await this.halt(id)
    await this.cancelRest(row)
    return this.tell(id)
  }

  /** From the answer on nobody sees it; its rows go after that, by and by. What was tried stays in the log. */
  async remove(id: string): Promise<void> {
    const { seq } = await this.parts.stores.store.write((db) => {
      const row = mustGetJob(db, id)
      if (!beginDeletion(db, id))
        throw new AppError(
          'changed_elsewhere',
          'The bulk test is running. Pause or cancel it, then delete it.',
        )
      return row
    })
    await this.halt(id)
    await this.clearing.get(id)
    this.parts.events.emit('bulk.deleted', { id })
    void this.deleteRest({ seq, id })
  }

  /** Resolves once nothing of it is being cancelled or deleted. */
  async cleared(id: string): Promise<void> {
    await this.clearing.get(id)
  }

  tell(id: string): BulkJob {
    const row = this.parts.stores.store.read((db) => mustGetJob(db, id))
    const job = this.view(row)
    this.parts.events.emit('bulk.changed', job)
    return job
  }

  private async move(id: string, from: readonly BulkJob['state'][], state: BulkJob['state']) {
    const { stores, now } = this.parts
    return stores.store.write((db) => {
      const row = mustGetJob(db, id)
      if (!moveJob(db, row.seq, from, { state, now: now() }))
        throw new AppError('changed_elsewhere', `That cannot be done: the bulk test is ${row.state}.`)
      return mustGetJob(db, id)
    })
  }

  private async halt(id: string): Promise<void> {
    const running = this.runs.get(id)
    running?.run.stop()
    await running?.ended
  }

  private run(row: BulkJobRow, resumedAt: number | null = null): void {
    if (this.paused || this.runs.has(row.id)) return
    const { stores, sender, turns, now } = this.parts
    const { target, perSecond } = JSON.parse(row.setup) as BulkSetup
    const run = new JobRun(
      { id: row.id, seq: row.seq, target, perSecond },
      {
        stores,
        sender,
        turns,
        refuse: (seq, reason) => stores.store.write((db) => refuseQueued(db, seq, reason, now())),
        onChange: () => this.tellSoon(row.id),
      },
    )
    this.runs.set(row.id, { run, ended: this.finish(row, run), resumedAt })
  }

  /** Never rejects. */
  private async finish(row: BulkJobRow, run: JobRun): Promise<void> {
    const { stores, now, log } = this.parts
    const end = await run.run()
    this.runs.delete(row.id)
    try {
      if (end.kind === 'emptied')
        await stores.store.write((db) => {
          const isDone = listWaiting(db, row.seq, 0, 1).length === 0
          const trouble = isDone
            ? null
            : 'Some messages were busy elsewhere and wait again. Continue to send them.'
          moveJob(db, row.seq, ['running'], { state: isDone ? 'done' : 'paused', now: now(), trouble })
        })
      if (end.kind === 'trouble') {
        if (!(end.reason instanceof AppError))
          log.error('A bulk test stopped', { job: row.id, error: end.reason })
        const trouble = wordsOf(end.reason)
        await stores.store.write((db) =>
          moveJob(db, row.seq, ['running'], { state: 'paused', now: now(), trouble }),
        )
      }
      if (!this.paused) this.tellIfThere(row.id)
    } catch (error) {
      log.error('The state of a bulk test could not be written', { job: row.id, error })
    }
  }

  private cancelRest({ seq, id }: BulkJobRow): Promise<void> {
    const { stores, now } = this.parts
    return this.clear(id, async () => {
      const count = await stores.store.write((db) => cancelWaiting(db, seq, rowsAtOnce, now()))
      this.tellSoon(id)
      return count > 0
    })
  }

  private deleteRest({ seq, id }: { seq: number; id: string }): Promise<void> {
    return this.clear(id, () => this.parts.stores.store.write((db) => deleteSome(db, seq, rowsAtOnce)))
  }

  /** Goes on while a step says that there is more. Never rejects: the next start goes on with what is left. */
  private clear(id: string, step: () => Promise<boolean>): Promise<void> {
    const known = this.clearing.get(id)
    if (known) return known
    const all = async () => {
      try {
        while (!this.paused && (await step()));
      } catch (error) {
        this.parts.log.error('A bulk test could not be cleared', { job: id, error })
      } finally {
        this.clearing.delete(id)
      }
    }
    const work = all()
    this.clearing.set(id, work)
    return work
  }

  /** It may be deleted meanwhile. */
  private tellIfThere(id: string): void {
    if (this.parts.stores.store.read((db) => getJob(db, id))) this.tell(id)
  }

  private tellSoon(id: string): void {
    if (this.paused || this.telling.has(id)) return
    const told = setTimeout(() => {
      this.telling.delete(id)
      if (this.parts.stores.isReady) this.tellIfThere(id)
    }, tellEveryMs)
    this.telling.set(id, told.unref())
  }
}

export function mustGetJob(db: Parameters<typeof getJob>[0], id: string): BulkJobRow {
  const row = getJob(db, id)
  if (!row) throw new AppError('not_found', 'There is no such bulk test; it may have been deleted.')
  return row
}

function wordsOf(reason: unknown): string {
  if (reason instanceof AppError) return reason.message
  return 'The workbench could not go on with it; its log tells why.'
}
