/** Writes messages as sending does, 50 at a time, with rollups or without; prints how many a second. */
import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { MessageStory } from '#shared/message.ts'
import { insertAttemptResult } from '../../electron/db/attempts.ts'
import { noteOutcome } from '../../electron/db/health.ts'
import { finishMessage } from '../../electron/db/messages.ts'
import { openStore } from '../../electron/db/store-handle.ts'
import { createLog } from '../../electron/log.ts'
import { insertStory, runningAttempt, type StoryPlace } from '../../electron/messages/open-message.ts'
import { writeResult } from '../../electron/messages/write-result.ts'
import { createWorkspace } from '../../electron/workspace.ts'
import { castFor } from '../history/cast.ts'
import { endingOf } from '../history/endings.ts'
import { peopleFor, someoneOf } from '../history/people.ts'
import { Random } from '../history/random.ts'
import { closed, opened, type Scene } from '../history/stories.ts'

const count = 12_000
const warmUp = 2000
const atOnce = 50

/** What is written of a message with one attempt, but for its figures. */
function writeBare(db: Database, story: MessageStory, { message, attempt: seq }: StoryPlace): void {
  const attempt = runningAttempt(story)
  const { outcome, finishedAt } = attempt
  if (!outcome || finishedAt === null) throw new Error('the attempt is finished')
  insertAttemptResult(db, {
    attempt_seq: seq,
    finished_at: finishedAt,
    class: outcome.class,
    code: outcome.code,
    facts: JSON.stringify(outcome.facts),
    bytes_out: attempt.bytesOut ? 1 : 0,
    response: attempt.response ? JSON.stringify(attempt.response) : null,
    timings: JSON.stringify(attempt.timings),
    after_what: null,
  })
  finishMessage(db, {
    seq: message,
    now: finishedAt,
    state: story.state,
    provider_message_id: story.providerMessageId,
    outcome_class: outcome.class,
    outcome_code: outcome.code,
    duration: story.duration ?? 0,
    cost: story.cost,
    again: false,
  })
  noteOutcome(db, attempt.providerId, seq, outcome.class)
}

const [folder = '', how = 'with'] = process.argv.slice(2)
createWorkspace(folder)
const { store, close } = (() => {
  const stores = openStore(folder, { log: createLog(folder, (text) => text) })
  return { store: stores.store, close: () => stores.close() }
})()
const random = new Random(1)
const begin = 1_760_000_000_000
const actors = castFor(begin, random).actors.slice(0, 3)
const people = peopleFor(1000, random)

async function writeOne(index: number): Promise<void> {
  const actor = random.pick(actors)
  const at = begin + index * 20
  const text = 'Your parcel NW-123456 arrives today between 9:00 and 20:00.'
  const scene: Scene = {
    id: randomUUID(),
    at,
    person: someoneOf(people, random),
    text,
    group: null,
    test: false,
    runOf: null,
  }
  const story = opened(scene, actor, null)
  const place = await store.write((db) => insertStory(db, story))
  if (!place) throw new Error('its id is new')
  const whole = closed(story, actor, endingOf(actor, null, scene, random), at + 200, null)
  await store.write((db) => {
    if (how === 'with') writeResult(db, whole, place, null)
    else writeBare(db, whole, place)
  })
}

async function writeSome(from: number, to: number): Promise<void> {
  let next = from
  const worker = async () => {
    while (next < to) {
      const index = next
      next += 1
      await writeOne(index)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

await writeSome(0, warmUp)
const started = performance.now()
await writeSome(warmUp, warmUp + count)
process.stdout.write(String(count / ((performance.now() - started) / 1000)))
await close()
