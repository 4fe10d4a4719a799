import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import type { AttemptAfter } from '#shared/attempt.ts'
import type { MessageStory } from '#shared/message.ts'
import type { DirectInput, SendInput } from '#shared/send-input.ts'
import { writeBreaker } from '../db/breakers.ts'
import { getMessage } from '../db/messages.ts'
import type { GroupRow } from '../db/groups.ts'
import type { Store } from '../db/store.ts'
import { GroupRun, type RunTools, type Try } from '../groups/group-run.ts'
import type { Leaving } from './exchange-message.ts'
import { insertNext, passOn, runningAttempt, type StoryPlace, type ThroughGroup } from './open-message.ts'
import type { Closed } from './result-writer.ts'
import { StillQueued, type Queued } from './running.ts'
import { abandon, endQueued, giveBack, type EndTools, type Placed } from './group-ends.ts'
import { storyOf } from './story.ts'
import type { Result } from './write-result.ts'

/** What the sender of messages lends to this one. */
export interface GroupTools extends RunTools, EndTools {
  isCancelled: () => boolean
  /** The message is this provider's now. */
  onMember: (providerId: string) => void
  /** Looks the member's settings up and renders the request. Throws as `prepare` does. */
  leave(input: DirectInput): Leaving
  /** Gets a token, finds the way and waits for its turn, where any of it is needed; answers whether it was. */
  ready(leaving: Leaving, input: DirectInput): Promise<boolean>
  /** Throws `StillQueued`. */
  open(leaving: Leaving, group: ThroughGroup): MessageStory
  begin(
    store: Store,
    story: MessageStory,
    also: (db: Database) => void,
  ): Promise<StoryPlace | { before: MessageStory }>
  /** Never rejects. */
  exchange(story: MessageStory, leaving: Leaving): Promise<Result>
  close(story: MessageStory, result: Result, leaving: Leaving, after: AttemptAfter): MessageStory
  /** Between two attempts a message of the queue can be taken back. */
  between(isBetween: boolean): void
  isTakenBack: () => boolean
  /** Writes the result of an attempt. Never rejects: what cannot be written now is written later. */
  write(closed: Closed): Promise<void>
}

/** A member that is about to get the message. */
interface Turn {
  attempt: Try
  leaving: Leaving
  input: DirectInput
}

/**
 * Sends a message through a group: each member gets it until one takes it, or nobody may any more. Each attempt is
 * committed before its first byte and its result after, as for a single provider. Rejects as `Sender.send` does, and
 * with `not_found` where no member can be tried at all.
 */
export async function sendThroughGroup(
  tools: GroupTools,
  store: Store,
  row: GroupRow,
  input: SendInput,
  queued: Queued | null,
): Promise<MessageStory> {
  const run = store.read((db) => new GroupRun(db, row, input.test, tools))
  if (queued) run.remember(queued.story.story)
  const chosen = firstTurn(tools, store, run, input)
  if (chosen === null) return endQueued(tools, store, queued)
  const first = await readyTurn(tools, store, run, chosen, input)
  let { turn } = first
  if (first.waited && !queued) {
    const before = store.read((db) => getMessage(db, input.key))
    if (before) return store.read((db) => storyOf(db, before))
  }
  let story = open(tools, store, run, turn)
  const { startedAt } = runningAttempt(story)
  const begun = await tools.begin(store, story, (db) => writeBreaker(db, turn.attempt.providerId, startedAt))
  if ('before' in begun) return begun.before
  let place: StoryPlace = begun
  for (;;) {
    const result = await tools.exchange(story, turn.leaving)
    const next = store.read((db) => heard(db, tools, run, turn, result, input))
    story = tools.close(story, result, turn.leaving, next.after)
    const { version } = turn.leaving.prepared
    await tools.write({ story, place, store, version })
    if (story.state === 'queued') throw new StillQueued()
    if (next.turn === null) return story
    try {
      tools.between(true)
      ;({ turn } = await readyTurn(tools, store, run, next.turn, input))
      if (tools.isTakenBack()) await giveBack(tools, store, run, place, turn.attempt)
      tools.between(false)
      ;({ story, place } = await goOn(tools, store, run, { story, place }, turn))
    } catch (error) {
      if (error instanceof StillQueued) throw error
      return abandon(tools, store, { story, place }, error)
    }
  }
}

/** Throws what keeps every member from being tried; null where some were tried before, and none is left. */
function firstTurn(tools: GroupTools, store: Store, run: GroupRun, input: SendInput): Turn | null {
  const isFirst = run.isFirst
  const found = store.read((db) => nextTurn(db, tools, run, input))
  if (found.turn) return found.turn
  if (!isFirst) return null
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
async function readyTurn(
  tools: GroupTools,
  store: Store,
  run: GroupRun,
  turn: Turn,
  input: SendInput,
): Promise<{ turn: Turn; waited: boolean }> {
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
        return nextTurn(db, tools, run, input).turn
      })
      if (!next) throw error
      ;[chosen, again] = [next, true]
    }
  }
}

const isGone = ({ code }: AppError) => code === 'not_found' || code === 'provider_archived'

/** What an attempt's outcome leads to: why the message stops here, or the member that is next. */
function heard(
  db: Database,
  tools: GroupTools,
  run: GroupRun,
  { attempt }: Turn,
  { outcome }: Result,
  input: SendInput,
): { after: AttemptAfter; turn: Turn | null } {
  const heardOf = run.heard(db, attempt, outcome, tools.now())
  // Who cancels after the first byte wants it to end there, though nobody knows whether it was taken. One that is taken
  // back goes on another time where it surely was not.
  const goesOn = !tools.isCancelled() || (tools.isTakenBack() && outcome.class !== 'unknown')
  const because = goesOn ? heardOf : 'cancelled'
  const breaker = run.breakerState(db, attempt.providerId)
  const turn = because === null ? nextTurn(db, tools, run, input).turn : null
  return { after: { stopped: turn ? null : (because ?? 'exhausted'), breaker }, turn }
}

/** Members whose request cannot even be prepared are left out; the first such error is told where none is left. */
function nextTurn(
  db: Database,
  tools: GroupTools,
  run: GroupRun,
  input: SendInput,
): { turn: Turn | null; error: AppError | null } {
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

function open(tools: GroupTools, store: Store, run: GroupRun, { attempt, leaving }: Turn): MessageStory {
  const why = store.read((db) => run.why(db, attempt))
  tools.onMember(attempt.providerId)
  try {
    const story = tools.open(leaving, { id: run.id, name: run.name, why })
    // A later member may ask for what the first does not.
    return { ...story, values: { ...leaving.prepared.input.values, ...story.values } }
  } catch (error) {
    store.read((db) => run.leaveOut(db, attempt))
    throw error
  }
}

/** The result of the attempt before is written by now. */
async function goOn(
  tools: GroupTools,
  store: Store,
  run: GroupRun,
  before: Placed,
  { attempt, leaving }: Turn,
): Promise<Placed> {
  const why = store.read((db) => run.why(db, attempt))
  const story = passOn(before.story, leaving.prepared, leaving.rendered, tools.now(), why)
  const place = await store.write((db) => {
    writeBreaker(db, attempt.providerId, tools.now())
    return insertNext(db, before.place, story)
  })
  tools.tell(story)
  return { story, place }
}
