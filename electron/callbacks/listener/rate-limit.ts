/** Requests of one source in ten seconds: 2000 a second, far more than a vendor sends in its bursts. */
const mostInWindow = 20_000
const windowMs = 10_000
const mostSources = 1000

/**
 * A limit for each source of the network. This machine itself has none: all that comes through a tunnel comes from
 * there.
 */
export class RateLimit {
  private counts = new Map<string, number>()
  private began = -Infinity
  private readonly now: () => number

  /** `now`: milliseconds that never go back. */
  constructor(now: () => number = () => performance.now()) {
    this.now = now
  }

  isOver(source: string): boolean {
    if (isLoopback(source)) return false
    const now = this.now()
    if (now - this.began > windowMs) {
      this.began = now
      this.counts = new Map()
    }
    const count = (this.counts.get(source) ?? 0) + 1
    if (this.counts.size < mostSources || this.counts.has(source)) this.counts.set(source, count)
    return count > mostInWindow
  }
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address)
}
