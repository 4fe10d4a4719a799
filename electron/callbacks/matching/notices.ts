import { listedOf } from '../../messages/story.ts'
import { getMessageBySeq } from '../../db/messages.ts'
import type { StoreHandle } from '../../db/store-handle.ts'
import type { EventHub } from '../../events.ts'
import type { Changes } from './match.ts'
import type { Matched } from './matcher.ts'
import { summaryOf } from '../view.ts'

/** Told one by one; above that a page is only told to look again. */
const perSecond = 50
const againMs = 250

/** Tells the pages what came, without drowning them: thousands a second are more than anybody reads. */
export class Notices {
  private readonly stores: StoreHandle
  private readonly events: EventHub
  private second = -1
  private left = perSecond
  private timer: NodeJS.Timeout | undefined

  constructor(stores: StoreHandle, events: EventHub) {
    this.stores = stores
    this.events = events
  }

  tell(matched: readonly Matched[], changes: Changes): void {
    if (!this.stores.isReady) return
    this.stores.store.read((db) => {
      for (const { row, reading, first } of matched) {
        if (!this.hasRoom()) break
        const kept = { ...row, body_bytes: row.body.length }
        this.events.emit('callback.received', summaryOf(db, kept, reading, first))
      }
      for (const seq of changes.messages) {
        if (!this.hasRoom()) break
        const message = getMessageBySeq(db, seq)
        if (message) this.events.emit('message.changed', listedOf(db, message))
      }
    })
    for (const number of changes.conversations)
      if (this.hasRoom()) this.events.emit('conversations.changed', { number })
  }

  /** Everything may be different: pages load again what they show. */
  lookAgain(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      this.events.emit('callbacks.changed', null)
    }, againMs).unref()
  }

  close(): void {
    clearTimeout(this.timer)
  }

  private hasRoom(): boolean {
    const second = Math.floor(performance.now() / 1000)
    if (second !== this.second) {
      this.second = second
      this.left = perSecond
    }
    this.left -= 1
    if (this.left < 0) this.lookAgain()
    return this.left >= 0
  }
}
