import type { ReceivedMessage } from '#shared/simulator.ts'

/** What the simulated phone shows is kept in memory only. */
const mostReceived = 500

/** In a burst the page is told ten times a second, of so many each time. */
const tickMs = 100
const mostAtOnce = 100

/** Describes a message once somebody wants to know. */
export type Describe = () => ReceivedMessage

/** The newest messages, and who is told of them. */
export class Received {
  private readonly kept: Describe[] = []
  private readonly waiting: Describe[] = []
  private timer: NodeJS.Timeout | null = null
  private untold = false
  private readonly tell: (message: ReceivedMessage) => void
  private readonly tellOfMore: () => void
  count = 0

  /** `tellOfMore`: there were more than could be told one by one. */
  constructor(tell: (message: ReceivedMessage) => void, tellOfMore: () => void) {
    this.tell = tell
    this.tellOfMore = tellOfMore
  }

  add(describe: Describe): void {
    let known: ReceivedMessage | null = null
    const once = () => (known ??= describe())
    this.kept.push(once)
    // Cut now and then, as each cut moves all that stays.
    if (this.kept.length >= mostReceived + mostAtOnce) this.kept.splice(0, this.kept.length - mostReceived)
    this.count += 1
    if (this.timer === null) {
      this.tell(once())
      this.timer = setTimeout(() => this.tick(), tickMs).unref()
    } else {
      this.waiting.push(once)
      if (this.waiting.length >= mostAtOnce * 2) this.drop()
    }
  }

  /** The newest first. */
  list(): ReceivedMessage[] {
    return this.kept
      .slice(-mostReceived)
      .toReversed()
      .map((describe) => describe())
  }

  clear(): void {
    this.kept.length = 0
    this.waiting.length = 0
    this.untold = false
    this.count = 0
  }

  close(): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    this.waiting.length = 0
  }

  private tick(): void {
    this.timer = null
    if (this.waiting.length === 0) return
    this.drop()
    for (const describe of this.waiting.splice(0)) this.tell(describe())
    if (this.untold) this.tellOfMore()
    this.untold = false
    this.timer = setTimeout(() => this.tick(), tickMs).unref()
  }

  private drop(): void {
    const more = this.waiting.length - mostAtOnce
    if (more <= 0) return
    this.waiting.splice(0, more)
    this.untold = true
  }
}
