import type { BulkTarget } from '#shared/bulk.ts'
import { AppError } from '#shared/errors.ts'
import { listWaiting } from '../db/jobs/bulk.ts'
import { getMessageBySeq } from '../db/messages.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import { StillQueued } from '../messages/running.ts'
import type { Sender } from '../messages/sender.ts'
import type { Turns } from '../sending/access/turns.ts'
import { Cancellation } from '../sending/cancellation.ts'
import { RateMeter } from './rate-meter.ts'

/** Messages of one job that are on their way or wait for a place or a turn with their provider. */
const mostAtOnce = 100
const rowsInMemory = 200

export interface RunParts {
  stores: StoreHandle
  sender: Sender
  turns: Turns
  /** A message that cannot even be prepared ends at once. */
  refuse(messageSeq: number, reason: string): Promise<void>
  onChange(): void
}

export interface RunningJob {
  id: string
  seq: number
  target: BulkTarget
  perSecond: number | null
}

/** How a run ended: nothing waits any more, or it was told to stop, or it could not go on, in words. */
export type RunEnd = { kind: 'emptied' } | { kind: 'stopped' } | { kind: 'trouble'; reason: unknown }

/** Takes a job's messages out of the queue in their order, at its rate, and has many of them on their way at once. */
export class JobRun {
  readonly job: RunningJob
  private readonly meter = new RateMeter()
  private readonly parts: RunParts
  private readonly sending = new Set<string>()
  private readonly stopped = new Cancellation()
  private trouble: { reason: unknown } | null = null
  private page: number[] = []
  private after = 0
  private wake: (() => void) | null = null

  constructor(job: RunningJob, parts: RunParts) {
    this.job = job
    this.parts = parts
  }

  get inFlight(): number {
    return this.sending.size
  }

  /** Messages a second that came to their end lately; null where that is not known. */
  get speed(): number | null {
    return this.meter.rate(performance.now())
  }

  /** Takes nothing more; what has begun comes to its end, what has not goes back to the queue. */
  stop(): void {
    this.stopped.cancel()
    for (const key of this.sending) this.parts.sender.takeBack(key)
    this.goOn()
  }

  /** Never rejects. */
  async run(): Promise<RunEnd> {
    try {
      await this.takeAll()
    } catch (error) {
      this.fail(error)
    }
    while (this.sending.size > 0) await this.change()
    if (this.trouble) return { kind: 'trouble', reason: this.trouble.reason }
    return { kind: this.stopped.cancelled ? 'stopped' : 'emptied' }
  }

  private async takeAll(): Promise<void> {
    while (!this.stopped.cancelled) {
      if (this.sending.size >= mostAtOnce) {
        await this.change()
        continue
      }
      const seq = this.nextSeq()
      if (seq === undefined) return
      const { perSecond, id } = this.job
      if (perSecond !== null) await this.parts.turns.take(`bulk ${id}`, { perSecond }, this.stopped)
      if (!this.stopped.cancelled) void this.send(seq)
    }
  }

  private nextSeq(): number | undefined {
    if (this.page.length === 0) {
      const rows = this.parts.stores.store.read((db) =>
        listWaiting(db, this.job.seq, this.after, rowsInMemory),
      )
      this.page = rows.map((row) => row.message_seq)
      this.after = rows.at(-1)?.line ?? this.after
    }
    return this.page.shift()
  }

  /** Never rejects. */
  private async send(seq: number): Promise<void> {
    const { stores, sender, refuse } = this.parts
    let key: string | undefined
    try {
      const row = stores.store.read((db) => getMessageBySeq(db, seq))
      if (!row || row.state !== 'queued') return
      key = row.id
      this.sending.add(key)
      try {
        await sender.sendQueued(row, this.job.target)
      } catch (error) {
        if (error instanceof StillQueued) return
        if (!(error instanceof AppError) || error.code !== 'invalid_input') throw error
        await refuse(seq, error.message)
      }
      this.meter.note(performance.now())
    } catch (error) {
      this.fail(error)
    } finally {
      if (key !== undefined) this.sending.delete(key)
      this.goOn()
      this.parts.onChange()
    }
  }

  private fail(reason: unknown): void {
    this.trouble ??= { reason }
    this.stop()
  }

  private change(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve))
  }

  private goOn(): void {
    this.wake?.()
    this.wake = null
  }
}
