const windowMs = 10_000
const fewest = 5
const mostKept = 100_000

/** How many things a second come to their end, by those of the last seconds, or the last few where they are rare. */
export class RateMeter {
  /** When each came, on a clock that never goes back. */
  private times: number[] = []

  note(at: number): void {
    this.times.push(at)
    if (this.times.length > mostKept) this.times = this.times.slice(-mostKept / 2)
  }

  /** A second; null before the fifth, as the first ones connect. */
  rate(now: number): number | null {
    const { times } = this
    if (times.length < fewest) return null
    let first = times.length - fewest
    while (first > 0 && (times[first - 1] ?? 0) >= now - windowMs) first -= 1
    const spanMs = now - (times[first] ?? now)
    // The first one only begins the span.
    return spanMs > 0 ? ((times.length - first - 1) / spanMs) * 1000 : null
  }
}
