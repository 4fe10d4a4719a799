import { closedBreaker } from '#shared/failover/breaker.ts'
import type { Member } from '#shared/failover/decide.ts'
import { rehearse, type Behaviour, type Rehearsal } from '#shared/failover/rehearse.ts'
import type { GroupMember, Policies } from '#shared/group.ts'

/*
 * A group taking one message after another on paper, attempt by attempt. It has a clock of its own, which begins at the
 * real time, as the pauses of circuit breakers are told in it.
 */

export type Behaviours = Readonly<Record<string, Behaviour>>

/** How much later each message comes than the one before was done with, in milliseconds. */
export const messageGapMs = 1000

/** One message on its way. Times are epoch milliseconds on the rehearsal's clock. */
export interface Run {
  number: number
  startedAt: number
  membersBefore: readonly Member[]
  /** How the members behaved in the attempts that were shown: later changes do not touch what has happened. */
  chosen: Behaviours
  /** How many attempts have been shown. */
  shown: number
  ended: boolean
}

export interface RehearsalState {
  began: number
  now: number
  members: readonly Member[]
  run: Run | null
  /** The messages before it, the newest first. */
  earlier: { run: Run; rehearsal: Rehearsal }[]
}

/** A group's members as the failover sees them: as they are now, or all of them well. */
export function membersOf(shown: readonly GroupMember[], asTheyAre: boolean): Member[] {
  return shown.map(({ providerId, state, attention, breaker }) => ({
    providerId,
    gone: state === 'archived' || state === 'deleted' ? state : null,
    // One whose secret is missing is tried all the same, until that flags it.
    needsAttention:
      asTheyAre && (state === 'needs_attention' || (state === 'secrets_missing' && attention !== null)),
    breaker: asTheyAre ? { ...closedBreaker, ...breaker } : closedBreaker,
  }))
}

/** Those that fail before anything goes out, whatever they are to do. */
export function withoutSecret(shown: readonly GroupMember[], asTheyAre: boolean): Behaviours {
  const without = asTheyAre ? shown.filter(({ state }) => state === 'secrets_missing') : []
  return Object.fromEntries(without.map(({ providerId }) => [providerId, 'secret_missing']))
}

export function beginRehearsal(members: readonly Member[], now: number): RehearsalState {
  return { began: now, now, members, run: null, earlier: [] }
}

export const behaviourIn = (behaviours: Behaviours, id: string): Behaviour => behaviours[id] ?? 'accepts'

/** What comes of a message when nothing is changed any more; only its first `shown` attempts have happened. */
export function outcomeOf(run: Run, policies: Policies, behaviours: Behaviours): Rehearsal {
  const behaviourOf = (id: string) => run.chosen[id] ?? behaviourIn(behaviours, id)
  return rehearse(run.membersBefore, policies, behaviourOf, { now: run.startedAt })
}

/** The next attempt; after a message's last one the first attempt of another message. */
export function step(state: RehearsalState, policies: Policies, behaviours: Behaviours): RehearsalState {
  const started = state.run && !state.run.ended ? state : another(state, policies, behaviours)
  const { run } = started
  if (!run) return started
  const rehearsal = outcomeOf(run, policies, behaviours)
  const attempt = rehearsal.attempts[run.shown]
  const shown = attempt ? run.shown + 1 : run.shown
  const chosen = attempt
    ? { ...run.chosen, [attempt.providerId]: behaviourIn(behaviours, attempt.providerId) }
    : run.chosen
  const ended = shown === rehearsal.attempts.length
  return {
    ...started,
    now: run.startedAt + (attempt ? attempt.finishedAt + attempt.waitedMs : 0),
    members: ended ? rehearsal.members : started.members,
    run: { ...run, chosen, shown, ended },
  }
}

function another(state: RehearsalState, policies: Policies, behaviours: Behaviours): RehearsalState {
  const { run, earlier, members } = state
  const startedAt = run ? state.now + messageGapMs : state.now
  return {
    ...state,
    now: startedAt,
    earlier: run ? [{ run, rehearsal: outcomeOf(run, policies, behaviours) }, ...earlier] : earlier,
    run: {
      number: (run?.number ?? 0) + 1,
      startedAt,
      membersBefore: members,
      chosen: {},
      shown: 0,
      ended: false,
    },
  }
}

/** Lets time pass between two messages, as pauses of circuit breakers end by it alone. */
export function wait(state: RehearsalState, ms: number): RehearsalState {
  return state.run && !state.run.ended ? state : { ...state, now: state.now + ms }
}

/** The members as they are at this point of the message that is on its way. */
export function membersNow(state: RehearsalState, rehearsal: Rehearsal | null): Member[] {
  const { run } = state
  if (!run || run.ended || !rehearsal) return [...state.members]
  const seen = new Map(
    rehearsal.attempts.slice(0, run.shown).map((attempt) => [attempt.providerId, attempt] as const),
  )
  return run.membersBefore.map((member) => {
    const attempt = seen.get(member.providerId)
    if (!attempt) return member
    const needsAttention = member.needsAttention || attempt.outcome.class === 'misconfigured'
    return { ...member, breaker: attempt.breakerAfter, needsAttention }
  })
}
