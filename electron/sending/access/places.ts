import type { Cancellation } from '../cancellation.ts'

interface Hall {
  taken: number
  /** Of the settings as they were heard of last. */
  most: number
  waiting: Set<() => void>
}

/** Gives a place back; a second call does nothing. */
export type Leave = () => void

/** So many messages are on their way to a provider at once: one that is slow holds nothing up but its own. */
export class Places {
  private readonly halls = new Map<string, Hall>()

  /** Somebody who comes now has to wait. */
  isFull(providerId: string, most: number): boolean {
    const hall = this.halls.get(providerId)
    return hall !== undefined && (hall.taken >= most || hall.waiting.size > 0)
  }

  /** A place at once, where `isFull` has just said that there is one. */
  enter(providerId: string, most: number): Leave {
    const hall = this.hallOf(providerId)
    hall.most = most
    hall.taken += 1
    let isIn = true
    return () => {
      if (!isIn) return
      isIn = false
      hall.taken -= 1
      this.callNext(providerId, hall)
    }
  }

  /** In the order in which they came. Null when it was cancelled before there was a place. */
  wait(providerId: string, most: number, cancellation: Cancellation): Promise<Leave | null> {
    const hall = this.hallOf(providerId)
    hall.most = most
    let resolve: (leave: Leave | null) => void = () => {}
    const promise = new Promise<Leave | null>((done) => (resolve = done))
    const go = () => {
      cancellation.onCancel = null
      resolve(this.enter(providerId, hall.most))
    }
    cancellation.onCancel = () => {
      hall.waiting.delete(go)
      cancellation.onCancel = null
      resolve(null)
      this.callNext(providerId, hall)
    }
    hall.waiting.add(go)
    this.callNext(providerId, hall)
    return promise
  }

  private hallOf(providerId: string): Hall {
    const known = this.halls.get(providerId)
    if (known) return known
    const hall: Hall = { taken: 0, most: 1, waiting: new Set() }
    this.halls.set(providerId, hall)
    return hall
  }

  private callNext(providerId: string, hall: Hall): void {
    for (const go of hall.waiting) {
      if (hall.taken >= hall.most) return
      hall.waiting.delete(go)
      go()
    }
    if (hall.taken === 0) this.halls.delete(providerId)
  }
}
