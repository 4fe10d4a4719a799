import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import type { DirectInput, SendInput } from '#shared/send-input.ts'
import type { Store } from '../db/store.ts'
import type { GroupRun, Try } from '../groups/group-run.ts'
import type { Leaving } from './exchange-message.ts'
import type { GroupTools } from './group-tools.ts'
import type { Ending, Result } from './write-result.ts'

/** One message's way through its group. */
export interface Round {
  tools: GroupTools
  store: Store
  run: GroupRun
  input: SendInput
}

/** A member that is about to get the message. */
export interface Turn {
  attempt: Try
  leaving: Leaving
  input: DirectInput
}

/** Throws what keeps every member from being tried; null where some were tried before, and none is left. */
export function firstTurn(round: Round): Turn | null {
  const { store, run } = round
  const isFirst = run.isFirst
  const found = store.read((db) => nextTurn(db, round))
  if (found.turn) return found.turn
  if (!isFirst) {
    // It goes on once the vault is open.
    if (found.error?.code === 'vault_locked') throw found.error
    return null
  }
  throw (
    found.error ??
    new AppError(
      'not_found',
      `No member of the group “${run.name}” can be sent through. Add a provider to it.`,
    )
  )
}

/**
 * Waits for what a member needs before its turn. One that is archived or deleted meanwhile makes way for the next;
 * rejects with that where none is left.
 */
export async function readyTurn(round: Round, turn: Turn): Promise<{ turn: Turn; waited: boolean }> {
  const { tools, store, run } = round
  let [chosen, again] = [turn, false]
  for (;;) {
    tools.onMember(chosen.attempt.providerId)
    try {
      const waited = await tools.ready(chosen.leaving, chosen.input)
      return { turn: chosen, waited: waited || again }
    } catch (error) {
      if (!(error instanceof AppError) || !isGone(error)) throw error
      const next = store.read((db) => {
        run.drop(db, chosen.attempt)
        return nextTurn(db, round).turn
      })
      if (!next) throw error
      ;[chosen, again] = [next, true]
    }
  }
}

const isGone = ({ code }: AppError) => code === 'not_found' || code === 'provider_archived'

/** What an attempt's outcome leads to: the member that is next, or why the message stops here and what it waits for. */
export function turnAfter(
  db: Database,
  round: Round,
  { attempt }: Turn,
  { outcome }: Result,
): Ending & { turn: Turn | null } {
  const { tools, run } = round
  const heardOf = run.heard(db, attempt, outcome, tools.now())
  // Who cancels after the first byte wants it to end there, though nobody knows whether it was taken. One that is taken
  // back goes on another time where it surely was not.
  const goesOn = !tools.isCancelled() || (tools.isTakenBack() && outcome.class !== 'unknown')
  const because = goesOn ? heardOf : 'cancelled'
  const breaker = run.breakerState(db, attempt.providerId)
  const turn = because === null ? nextTurn(db, round).turn : null
  const waitMinutes = because === 'accepted' ? run.waitMinutes : null
  return { after: { stopped: turn ? null : (because ?? 'exhausted'), breaker }, turn, waitMinutes }
}

/** Members whose request cannot even be prepared are left out; the first such error is told where none is left. */
function nextTurn(db: Database, { tools, run, input }: Round): { turn: Turn | null; error: AppError | null } {
  let error: AppError | null = null
  for (;;) {
    const decision = run.next(db, tools.now())
    if (decision.kind === 'stop') return { turn: null, error }
    const direct: DirectInput = { ...input, provider: { kind: 'saved', id: decision.providerId } }
    try {
      return { turn: { attempt: decision, leaving: tools.leave(direct), input: direct }, error }
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown
      // A number that is none, a locked vault: no other member would do better.
      if (!isGone(thrown) && run.isFirst) throw thrown
      error ??= thrown
      run.leaveOut(db, decision)
    }
  }
}
