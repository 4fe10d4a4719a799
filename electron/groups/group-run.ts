import type { Database } from 'better-sqlite3'
import { hear, type Breaker } from '#shared/failover/breaker.ts'
import { decide, stopAfter, type Decision, type Member, type Tried } from '#shared/failover/decide.ts'
import type { Policies } from '#shared/group.ts'
import type { Attempt, AttemptAfter, AttemptWhy } from '#shared/attempt.ts'
import type { AttemptOutcome } from '#shared/outcome.ts'
import { breakerOf, noteBreaker } from '../db/breakers.ts'
import { membersOf, type GroupRow } from '../db/groups.ts'
import { getProviderVersion } from '../db/providers.ts'
import { policiesOf } from './group-view.ts'

/** What a run asks of its sender, and tells it. */
export interface RunTools {
  /** Nothing goes out through that provider any more, as it is being deleted. */
  isClosed: (providerId: string) => boolean
  /** Its circuit breaker shows something else than before. */
  onBreaker: (providerId: string) => void
}

export type Try = Extract<Decision, { kind: 'try' }>

/** One message's way down a group: who comes next, and what its attempts say of the members' breakers. */
export class GroupRun {
  readonly id: string
  readonly name: string
  private readonly members: readonly string[]
  private readonly policies: Policies
  private readonly isTest: boolean
  private readonly tools: RunTools
  private readonly tried: Tried[] = []
  private noReceipt: AttemptWhy['noReceipt']

  constructor(db: Database, row: GroupRow, isTest: boolean, tools: RunTools) {
    this.id = row.id
    this.name = row.name
    this.members = membersOf(db, row.id)
    const policies = policiesOf(row)
    // Test sends ignore breakers: they neither ask them nor tell them.
    this.policies = isTest ? { ...policies, breaker: false } : policies
    this.isTest = isTest
    this.tools = tools
  }

  /**
   * The attempts that the message has behind it; their breakers heard of them then. One that was stopped before its first
   * byte does not count: its member may be tried again.
   */
  remember(attempts: readonly Attempt[]): void {
    for (const { providerId, outcome, why, wait } of attempts)
      if (providerId !== null && outcome?.class !== 'cancelled') {
        const lastResort = why?.lastResort ?? false
        const noReceipt = outcome?.class === 'accepted' && wait !== null
        this.tried.push({ providerId, class: outcome?.class ?? 'unknown', lastResort, noReceipt })
        this.noReceipt = noReceipt ? { providerId, minutes: wait.minutes } : undefined
      }
  }

  /** A probe is taken at once, so that no other message becomes a second one. */
  next(db: Database, now: number): Decision {
    const members = this.members.map((id) => this.memberOf(db, id))
    const decision = decide(members, this.policies, this.tried, now)
    if (decision.kind === 'try' && decision.probe) this.note(db, decision.providerId, decision.probe)
    return decision
  }

  why(db: Database, { providerId, skipped, lastResort, mayArriveTwice, probe }: Try): AttemptWhy {
    const breaker = breakerOf(db, providerId).state
    const isNext = this.tried.at(-1)?.noReceipt && this.noReceipt
    return {
      skipped,
      lastResort,
      mayArriveTwice,
      ...(isNext && { noReceipt: isNext }),
      breaker,
      probe: probe !== null,
    }
  }

  /** What came of an attempt. Answers why the message stops here, or null where it moves on if there is a next member. */
  heard(db: Database, attempt: Try, outcome: AttemptOutcome, now: number): AttemptAfter['stopped'] {
    this.tried.push({
      providerId: attempt.providerId,
      class: outcome.class,
      lastResort: attempt.lastResort,
    })
    if (!this.isTest) {
      const { status, retryAfterSeconds } = outcome.facts
      const heardOf = { class: outcome.class, code: outcome.code, status, retryAfterSeconds }
      const breaker = hear(breakerOf(db, attempt.providerId), heardOf, now, Math.random())
      this.note(db, attempt.providerId, breaker)
    }
    return stopAfter(outcome.class, this.policies)
  }

  /** A member that cannot be prepared for this message is left out of the round; a probe of it did not take place. */
  leaveOut(db: Database, attempt: Try): void {
    const { providerId, lastResort } = attempt
    this.tried.push({ providerId, class: 'misconfigured', lastResort })
    this.drop(db, attempt)
  }

  /** A member was chosen and is not tried after all; it may be chosen again. */
  drop(db: Database, { providerId, probe }: Try): void {
    if (probe) this.note(db, providerId, { ...probe, probeSince: null })
  }

  /** Nobody has been tried yet. */
  get isFirst(): boolean {
    return this.tried.length === 0
  }

  /** How long an accepted message waits for its receipt; null: it waits for none. */
  get waitMinutes(): number | null {
    return this.policies.noReceiptMinutes
  }

  breakerState(db: Database, providerId: string): AttemptAfter['breaker'] {
    return breakerOf(db, providerId).state
  }

  private note(db: Database, providerId: string, breaker: Breaker): void {
    const before = breakerOf(db, providerId)
    noteBreaker(db, providerId, breaker)
    // Not with each message that is counted: only when what people are shown of it is another.
    if (before.state !== breaker.state || before.throttledUntil !== breaker.throttledUntil)
      this.tools.onBreaker(providerId)
  }

  private memberOf(db: Database, providerId: string): Member {
    const provider = getProviderVersion(db, providerId)
    const gone =
      !provider || this.tools.isClosed(providerId) ? 'deleted' : provider.archived_at ? 'archived' : null
    return {
      providerId,
      gone,
      needsAttention: (provider?.attention ?? null) !== null,
      breaker: breakerOf(db, providerId),
    }
  }
}
