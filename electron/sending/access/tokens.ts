import { createHash } from 'node:crypto'
import type { AttemptOutcome } from '#shared/outcome.ts'
import type { Timeouts } from '#shared/timeouts.ts'
import { Cancellation } from '../cancellation.ts'
import { fetchToken, type TokenFetch } from './token-fetch.ts'
import type { TokenMemory } from './token-memory.ts'
import type { Outgoing } from '../outgoing.ts'
import type { RenderedRequest } from '../render/render.ts'
import type { Route } from './route.ts'

/** What a token is asked with: two wishes alike share one token and one request for it. */
export interface TokenWish {
  providerId: string
  request: RenderedRequest
  timeouts: Timeouts
  route: Route | undefined
}

export type TokenResult =
  | { ok: true; token: string; /** It was kept from an earlier request. */ kept: boolean }
  | { ok: false; outcome: AttemptOutcome }

export interface TokenParts {
  outgoing: Outgoing
  memory: TokenMemory
  now: () => number
}

interface Entry {
  providerId: string
  held: { token: string; freshUntil: number } | null
  failure: { outcome: AttemptOutcome; askAgainAt: number } | null
  fetching: Fetching | null
}

interface Fetching {
  result: Promise<TokenResult>
  stop: Cancellation
  waiters: number
}

/** Without `expires_in` a token is kept this long; a 401 drops it sooner. */
const defaultLifetimeSeconds = 300
/** A refused client is asked for again as the engagement platform does; a server that fails, soon. */
const refusedPauseSeconds = 120
const unavailablePauseSeconds = 5
const longestPauseSeconds = 600
const mostEntries = 200

/** Access tokens by provider and by all that they were asked with; in memory only. */
export class Tokens {
  private readonly entries = new Map<string, Entry>()
  private readonly parts: TokenParts

  constructor(parts: TokenParts) {
    this.parts = parts
  }

  /** A kept token, or a new one; `insist` asks even right after a failure, as a test does. */
  get(wish: TokenWish, insist: boolean, cancellation?: Cancellation): Promise<TokenResult> {
    const entry = this.entryOf(wish)
    const now = this.parts.now()
    const { held, failure } = entry
    if (held && now < held.freshUntil) {
      this.parts.memory.use(held.token)
      return Promise.resolve({ ok: true, token: held.token, kept: true })
    }
    if (!insist && failure && now < failure.askAgainAt) {
      return Promise.resolve({ ok: false, outcome: withPause(failure.outcome, failure.askAgainAt - now) })
    }
    return this.join(entry, wish, cancellation)
  }

  /** Asks whatever is kept, and keeps what comes. */
  async fetch(wish: TokenWish, cancellation?: Cancellation): Promise<TokenFetch> {
    const entry = this.entryOf(wish)
    const startedAt = this.parts.now()
    const fetched = await fetchToken(this.parts.outgoing, wish, this.parts.memory, cancellation)
    this.keep(entry, fetched, startedAt)
    return fetched
  }

  /** For a token that a provider refuses; one that has taken its place meanwhile stays. */
  drop(wish: TokenWish, token: string): void {
    const entry = this.entryOf(wish)
    if (entry.held?.token === token) entry.held = null
  }

  /** For a provider that is gone. */
  forget(providerId: string): void {
    for (const [key, entry] of this.entries) if (entry.providerId === providerId) this.entries.delete(key)
  }

  /** The tokens that are kept for a provider. */
  heldFor(providerId: string): string[] {
    const now = this.parts.now()
    return [...this.entries.values()].flatMap(({ providerId: of, held }) =>
      of === providerId && held && now < held.freshUntil ? [held.token] : [],
    )
  }

  private join(entry: Entry, wish: TokenWish, cancellation?: Cancellation): Promise<TokenResult> {
    if (cancellation?.cancelled) return Promise.resolve(cancelledResult())
    const fetching = (entry.fetching ??= this.start(entry, wish))
    fetching.waiters += 1
    return new Promise((resolve, reject) => {
      const leave = () => {
        fetching.waiters -= 1
        if (cancellation) cancellation.onCancel = null
      }
      if (cancellation) {
        cancellation.onCancel = () => {
          leave()
          if (fetching.waiters === 0) this.abandon(entry, fetching)
          resolve(cancelledResult())
        }
      }
      fetching.result.finally(() => !cancellation?.cancelled && leave()).then(resolve, reject)
    })
  }

  private start(entry: Entry, wish: TokenWish): Fetching {
    const stop = new Cancellation()
    const result = this.fetch(wish, stop).then(({ grant, outcome }): TokenResult =>
      grant ? { ok: true, token: grant.token, kept: false } : { ok: false, outcome },
    )
    const fetching: Fetching = { result, stop, waiters: 0 }
    const over = () => {
      if (entry.fetching === fetching) entry.fetching = null
    }
    result.then(over, over)
    return fetching
  }

  /** Nobody waits for it any more; who comes next asks anew. */
  private abandon(entry: Entry, fetching: Fetching): void {
    if (entry.fetching === fetching) entry.fetching = null
    fetching.stop.cancel()
  }

  private keep(entry: Entry, { grant, outcome }: TokenFetch, startedAt: number): void {
    if (grant) {
      const lifetime = (grant.expiresInSeconds ?? defaultLifetimeSeconds) * 1000
      entry.held = { token: grant.token, freshUntil: startedAt + lifetime - Math.min(60_000, lifetime / 10) }
      entry.failure = null
      return
    }
    const pause = pauseAfter(outcome)
    if (pause === null) return
    outcome.facts.retryAfterSeconds = pause
    entry.failure = { outcome, askAgainAt: this.parts.now() + pause * 1000 }
  }

  private entryOf(wish: TokenWish): Entry {
    const key = keyOf(wish)
    const known = this.entries.get(key)
    const entry = known ?? { providerId: wish.providerId, held: null, failure: null, fetching: null }
    if (known) return known
    this.entries.set(key, entry)
    // One that is being fetched stays, or who comes next would fetch it a second time.
    const oldest = [...this.entries].find(([other, { fetching }]) => other !== key && fetching === null)
    if (this.entries.size > mostEntries && oldest) this.entries.delete(oldest[0])
    return entry
  }
}

/** A digest, so that no copy of the client's secret lies about for as long as the token. */
function keyOf({ providerId, request, route }: TokenWish): string {
  const { url, path, headers, body } = request
  const asked = JSON.stringify([providerId, url.origin, path, headers, body, route?.key ?? ''])
  return createHash('sha256').update(asked).digest('base64')
}

function pauseAfter({ code, facts }: AttemptOutcome): number | null {
  if (code !== 'token_refused' && code !== 'token_unavailable') return null
  const least = code === 'token_refused' ? refusedPauseSeconds : unavailablePauseSeconds
  return Math.min(longestPauseSeconds, Math.max(least, facts.retryAfterSeconds ?? 0))
}

function withPause(outcome: AttemptOutcome, leftMs: number): AttemptOutcome {
  return { ...outcome, facts: { ...outcome.facts, retryAfterSeconds: Math.ceil(leftMs / 1000) } }
}

function cancelledResult(): TokenResult {
  return { ok: false, outcome: { class: 'cancelled', code: 'cancelled_before_sending', facts: {} } }
}
