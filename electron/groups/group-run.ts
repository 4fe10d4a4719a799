import type { Database } from 'better-sqlite3'
import { hear } from '#shared/failover/breaker.ts'
import { decide, stopAfter, type Decision, type Member, type Tried } from '#shared/failover/decide.ts'
import type { Policies } from '#shared/group.ts'
import type { AttemptOutcome, AttemptAfter, AttemptWhy } from '#shared/message.ts'
import { breakerOf, noteBreaker } from '../db/breakers.ts'
import { membersOf, type GroupRow } from '../db/groups.ts'
import { getProviderVersion } from '../db/providers.ts'
import { policiesOf } from './group-view.ts'

export type Try = Extract<Decision, { kind: 'try' }>

/** One message's way down a group: who comes next, and what its attempts say of the members' breakers. */
export class GroupRun {
  readonly id: string
  readonly name: string
  private readonly members: readonly string[]
  private readonly policies: Policies
  private readonly isTest: boolean
  private readonly isClosed: (providerId: string) => boolean
  private readonly tried: Tried[] = []

  /** `isClosed`: nothing goes out through that provider any more, as it is being deleted. */
  constructor(db: Database, row: GroupRow, isTest: boolean, isClosed: (providerId: string) => boolean) {
    this.id = row.id
    this.name = row.name
    this.members = membersOf(db, row.id)
    const policies = policiesOf(row)
    // Test sends ignore breakers: they neither ask them nor tell them.
    this.policies = isTest ? { ...policies, breaker: false } : policies
    this.isTest = isTest
    this.isClosed = isClosed
  }

  /** A probe is taken at once, so that no other message becomes a second one. */
  next(db: Database, now: number): Decision {
    const members = this.members.map((id) => this.memberOf(db, id))
    const decision = decide(members, this.policies, this.tried, now)
    if (decision.kind === 'try' && decision.probe) noteBreaker(db, decision.providerId, decision.probe)
    return decision
  }

  why(db: Database, { providerId, skipped, lastResort, mayArriveTwice, probe }: Try): AttemptWhy {
    const breaker = breakerOf(db, providerId).state
    return { skipped, lastResort, mayArriveTwice, breaker, probe: probe !== null }
  }

  /** What came of an attempt. Answers why the message stops here, or null where it moves on if there is a next member. */
  heard(db: Database, attempt: Try, outcome: AttemptOutcome, now: number): AttemptAfter['stopped'] {
    this.tried.push({
      providerId: attempt.providerId,
      class: outcome.class,
      lastResort: attempt.lastResort,
    })
    if (!this.isTest) {
      const { retryAfterSeconds } = outcome.facts
      const heardOf = { class: outcome.class, code: outcome.code, retryAfterSeconds }
      const breaker = hear(breakerOf(db, attempt.providerId), heardOf, now, Math.random())
      noteBreaker(db, attempt.providerId, breaker)
    }
    return stopAfter(outcome.class, this.policies)
  }

  /** A member that cannot be prepared for this message is left out of the round; a probe of it did not take place. */
  leaveOut(db: Database, { providerId, lastResort, probe }: Try): void {
    this.tried.push({ providerId, class: 'misconfigured', lastResort })
    if (probe) noteBreaker(db, providerId, { ...probe, probeSince: null })
  }

  /** Nobody has been tried yet. */
  get isFirst(): boolean {
    return this.tried.length === 0
  }

  breakerState(db: Database, providerId: string): AttemptAfter['breaker'] {
    return breakerOf(db, providerId).state
  }

  private memberOf(db: Database, providerId: string): Member {
    const provider = getProviderVersion(db, providerId)
    const gone = !provider || this.isClosed(providerId) ? 'deleted' : provider.archived_at ? 'archived' : null
    return {
      providerId,
      gone,
      needsAttention: (provider?.attention ?? null) !== null,
      breaker: breakerOf(db, providerId),
    }
  }
}
