import type { MessageStory } from '#shared/message.ts'
import type { Store } from '../db/store.ts'
import type { Log } from '../log.ts'
import type { StoryPlace } from './open-message.ts'
import { writeResult } from './write-result.ts'

/** A message that is over, and where its result belongs: its own store, even when another has taken its place. */
export interface Closed {
  story: MessageStory
  place: StoryPlace
  store: Store
  /** Of the provider's saved settings that were tried; null for a draft. */
  version: number | null
}

const retryMs = 2000
/** About a minute; a disk that is full for longer leaves the attempt to be settled at the next start. */
const mostTries = 30

/**
 * Writes results. One that cannot be written now, as on a full disk, is kept in memory and written as soon as it can be:
 * the message has gone out, and its outcome cannot be had again.
 */
export class ResultWriter {
  private readonly waiting = new Map<Closed, number>()
  private timer: NodeJS.Timeout | undefined
  private readonly log: Log
  private readonly onWritten: (closed: Closed, flagged: boolean) => void

  constructor(log: Log, onWritten: (closed: Closed, flagged: boolean) => void) {
    this.log = log
    this.onWritten = onWritten
  }

  /** Resolves when it is written, or when it is known that it has to wait. Never rejects. */
  async write(closed: Closed): Promise<void> {
    if (await this.tryWrite(closed)) return
    this.waiting.set(closed, 1)
    this.schedule()
  }

  /** A last try for whatever still waits. */
  async close(): Promise<void> {
    clearTimeout(this.timer)
    for (const closed of this.waiting.keys()) await this.tryWrite(closed)
    this.waiting.clear()
  }

  private async tryWrite(closed: Closed): Promise<boolean> {
    const { story, place, store, version } = closed
    try {
      const flagged = await store.write((db) => writeResult(db, story, place, version))
      this.onWritten(closed, flagged)
      return true
    } catch (error) {
      this.log.error('The result of a message cannot be written yet', { message: story.id, error })
      return false
    }
  }

  private schedule(): void {
    if (this.waiting.size === 0) return
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      void this.tryAll()
    }, retryMs).unref()
  }

  private async tryAll(): Promise<void> {
    for (const [closed, tries] of this.waiting) {
      if ((await this.tryWrite(closed)) || tries >= mostTries) this.waiting.delete(closed)
      else this.waiting.set(closed, tries + 1)
    }
    this.schedule()
  }
}
