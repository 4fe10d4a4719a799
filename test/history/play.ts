import type { Database } from 'better-sqlite3'
import type { MessageStory } from '#shared/message.ts'
import { mayBeSettled } from '#shared/story/settling.ts'
import { settle } from '../../electron/messages/settle.ts'
import type { Actor, Cast } from './cast.ts'
import { someoneOf, type Person } from './people.ts'
import type { Random } from './random.ts'
import { playReturns } from './receipts.ts'
import { hourMs } from './rhythm.ts'
import type { Scene } from './stories.ts'
import { textFor, type Purpose } from './texts.ts'
import type { HistoryWriter } from './writer.ts'

export interface Stage {
  cast: Cast
  random: Random
  people: readonly Person[]
  /** Epoch milliseconds: what comes back later is not in the history. */
  until: number
  writer: HistoryWriter
  /** A test that went wrong is run again next. */
  again: { story: MessageStory; person: Person } | null
}

/** Shares of all messages, and of those that went wrong. */
const tests = 0.004
const simulated = 0.006
const runAgain = 0.6
const settled = 0.05

/** Writes the message of this moment, in the transaction of the caller. */
export function play(db: Database, stage: Stage, at: number): void {
  const { random, people, writer, cast, until } = stage
  const { again } = stage
  stage.again = null
  const person = again?.person ?? someoneOf(people, random)
  const purpose = purposeAt(at, random)
  const text = again?.story.text ?? textFor(purpose, person.language, random)
  const test = again !== null || random.chance(tests)
  const group =
    !test && purpose === 'code' ? (person.country === 'IN' ? cast.groups[1] : cast.groups[0]) : null
  const scene: Scene = { id: random.id(at), at, person, text, group, test, runOf: again?.story.id ?? null }
  const story = group
    ? writer.writeThrough(db, scene, group)
    : writer.write(db, scene, actorFor(stage, scene, purpose))
  if (test && story.state === 'failed' && random.chance(runAgain)) stage.again = { story, person }
  const taker = cast.actors.find(({ id: one }) => one === story.providerId)
  if (story.state === 'sent' && taker?.reports) playReturns(db, random, story, { purpose, until })
  if (mayBeSettled(story) && random.chance(settled)) {
    const as = random.chance(0.6) ? 'sent' : 'failed'
    settle(db, story.id, as, at + Math.ceil(random.skewed(2, 0.8) * hourMs))
  }
}

/** Offers go out on workday mornings. */
function purposeAt(at: number, random: Random): Purpose {
  const moment = new Date(at)
  const isMorning = [9, 10, 11].includes(moment.getUTCHours()) && ![0, 6].includes(moment.getUTCDay())
  return random.weighted<Purpose>([
    [50, 'code'],
    [30, 'notice'],
    [isMorning ? 60 : 3, 'offer'],
  ])
}

/** Whom a message goes to that goes through no group. */
function actorFor({ cast, random }: Stage, { person, test }: Scene, purpose: Purpose): Actor {
  const [northwind, harbour, monsoon, baltic] = cast.actors
  if (random.chance(simulated * (test ? 40 : 1))) return cast.simulator
  if (test) return random.pick(cast.actors)
  const usual = person.country === 'IN' ? monsoon : person.country === 'US' ? northwind : harbour
  return (purpose === 'offer' && person.country === 'DE' ? baltic : usual) ?? random.pick(cast.actors)
}
