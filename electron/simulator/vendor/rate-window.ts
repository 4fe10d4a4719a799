import type { Simulated } from '#shared/catalogue/simulated.ts'

const mostAccounts = 200

/** Counts each account's requests in a window that slides with the time. */
export class RateWindow {
  private readonly times = new Map<string, number[]>()

  /** Null: taken; else in how many milliseconds the next would be. */
  take(account: string, { requests, inMs }: NonNullable<Simulated['rate']>, now: number): number | null {
    const times = this.times.get(account) ?? []
    // The account that was quiet for longest is forgotten first.
    this.times.delete(account)
    this.times.set(account, times)
    const [longest] = this.times.keys()
    if (this.times.size > mostAccounts && longest !== undefined) this.times.delete(longest)
    const oldest = times.at(-requests)
    if (oldest !== undefined && now - oldest < inMs) return oldest + inMs - now
    times.push(now)
    if (times.length >= requests * 2) times.splice(0, times.length - requests)
    return null
  }
}
