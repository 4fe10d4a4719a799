import type { Database } from 'better-sqlite3'
import type { MessageStory } from '#shared/message.ts'
import type { SendInput } from '#shared/send-input.ts'
import { writeBreaker } from '../db/breakers.ts'
import { getMessage } from '../db/messages.ts'
import type { GroupRow } from '../db/groups.ts'
import type { Store } from '../db/store.ts'
import { GroupRun } from '../groups/group-run.ts'
import { beginUnlessArrived } from './before-next.ts'
import { abandon, endQueued, giveBack, told, type Placed } from './group-ends.ts'
import type { GroupTools } from './group-tools.ts'
import { firstTurn, readyTurn, turnAfter, type Round, type Turn } from './group-turns.ts'
import { runningAttempt } from './open-message.ts'
import { insertNext, passOn } from './pass-on.ts'
import { StillQueued, type Queued } from './running.ts'
import { storyOf } from './story.ts'

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
  const round = { tools, store, run: store.read((db) => new GroupRun(db, row, input.test, tools)), input }
  if (queued) round.run.remember(queued.story.story)
  const chosen = firstTurn(round)
  if (chosen === null) return endQueued(tools, store, queued)
  const { turn, waited } = await readyTurn(round, chosen)
  if (waited && !queued) {
    const before = store.read((db) => getMessage(db, input.key))
    if (before) return store.read((db) => storyOf(db, before))
  }
  const story = open(round, turn)
  const { startedAt } = runningAttempt(story)
  const place = await tools.begin(store, story, (db) => writeBreaker(db, turn.attempt.providerId, startedAt))
  if (!('before' in place)) return walk(round, turn, { story, place })
  store.read((db) => round.run.drop(db, turn.attempt))
  return place.before
}

/** From an attempt that is written down to the message's end. */
export async function walk(round: Round, first: Turn, begun: Placed): Promise<MessageStory> {
  const { tools, store, run } = round
  let [turn, at] = [first, begun]
  for (;;) {
    const result = await tools.exchange(at.story, turn.leaving)
    const next = store.read((db) => turnAfter(db, round, turn, result))
    const story = tools.close(at.story, result, turn.leaving, next)
    const { version } = turn.leaving.prepared
    await tools.write({ story, place: at.place, store, version })
    if (story.state === 'queued') throw new StillQueued()
    if (next.turn === null) return story
    at = { ...at, story }
    try {
      tools.between(true)
      ;({ turn } = await readyTurn(round, next.turn))
      if (tools.isTakenBack()) await giveBack(tools, store, run, at.place, turn.attempt)
      tools.between(false)
      const gone = await goOn(round, at, turn)
      if (gone === null) return told(tools, store, at)
      at = gone
    } catch (error) {
      if (error instanceof StillQueued) throw error
      return abandon(tools, store, at, error)
    }
  }
}

function open({ tools, store, run }: Round, { attempt, leaving }: Turn): MessageStory {
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

/**
 * Writes the next attempt down, in one transaction with what `mayGo` does; the result of the one before is written by now.
 * Null, and nothing is written, where that says no or a receipt has ended the message.
 */
export async function goOn(
  { tools, store, run }: Round,
  before: Placed,
  { attempt, leaving }: Turn,
  mayGo: (db: Database) => boolean = () => true,
): Promise<Placed | null> {
  const why = store.read((db) => run.why(db, attempt))
  const story = passOn(before.story, leaving.prepared, leaving.rendered, tools.now(), why)
  const at = { story: before.story, seq: before.place.message }
  const place = await beginUnlessArrived(tools, store, at, (db) => {
    if (!mayGo(db)) return null
    const inserted = insertNext(db, before.place, story)
    if (inserted) writeBreaker(db, attempt.providerId, tools.now())
    return inserted
  })
  if (place === null) {
    store.read((db) => run.drop(db, attempt))
    return null
  }
  tools.tell(story)
  return { story, place }
}
