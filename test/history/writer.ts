import type { Database } from 'better-sqlite3'
import type { AttemptWhy } from '#shared/attempt.ts'
import { hear } from '#shared/failover/breaker.ts'
import { decide, stopAfter, type Decision, type Tried } from '#shared/failover/decide.ts'
import type { MessageStory } from '#shared/message.ts'
import { breakerOf, noteBreaker, writeBreaker } from '../../electron/db/breakers.ts'
import { forgetOutcomes, noteOutcome } from '../../electron/db/health.ts'
import { insertStory, type StoryPlace } from '../../electron/messages/open-message.ts'
import { insertNext } from '../../electron/messages/pass-on.ts'
import { writeResult } from '../../electron/messages/write-result.ts'
import type { Actor } from './cast.ts'
import { endingOf, type Ending } from './endings.ts'
import type { Incidents } from './incidents.ts'
import type { Random } from './random.ts'
import { closed, opened, passed, type Scene } from './stories.ts'

type Try = Extract<Decision, { kind: 'try' }>

/**
 * Writes messages as the sender would have, with the same functions and so with the same counts. What comes after the
 * sending is played by `receipts.ts`.
 */
export class HistoryWriter {
  attempts = 0
  private readonly actors: ReadonlyMap<string, Actor>
  private readonly incidents: Incidents
  private readonly random: Random
  private readonly newest = new Map<string, { good?: number; bad?: number }>()

  constructor(actors: readonly Actor[], incidents: Incidents, random: Random) {
    this.actors = new Map(actors.map((actor) => [actor.id, actor]))
    this.incidents = incidents
    this.random = random
  }

  /** A message to one provider, in the transaction of the caller. Throws when its id is used. */
  write(db: Database, scene: Scene, actor: Actor): MessageStory {
    const story = opened(scene, actor, null)
    return this.finish(db, story, mustPlace(insertStory(db, story)), actor, this.ending(scene, actor))
  }

  /** A message that goes down its group until a member takes it. */
  writeThrough(db: Database, scene: Scene, group: NonNullable<Scene['group']>): MessageStory {
    const tried: Tried[] = []
    let { at } = scene
    let turn = this.next(db, group, tried, at)
    if (turn === null) throw new Error('a group has somebody to try')
    let actor = this.actor(turn.providerId)
    let story = opened(scene, actor, whyOf(db, turn))
    let place = mustPlace(insertStory(db, story))
    for (;;) {
      const ending = this.ending(scene, actor, at)
      at += Math.ceil(ending.timings.total)
      tried.push({ providerId: actor.id, class: ending.outcome.class, lastResort: turn.lastResort })
      noteBreaker(db, actor.id, hear(breakerOf(db, actor.id), heardOf(ending), at, this.random.next()))
      const because = stopAfter(ending.outcome.class, group.policies)
      const next = because === null ? this.next(db, group, tried, at) : null
      const after = {
        stopped: next ? null : (because ?? 'exhausted'),
        breaker: breakerOf(db, actor.id).state,
      }
      story = this.finish(db, story, place, actor, ending, at, after)
      if (!next) return story
      turn = next
      actor = this.actor(turn.providerId)
      story = passed(story, scene, actor, at, whyOf(db, turn))
      place = mustPlace(insertNext(db, place, story))
    }
  }

  /** What is kept of each provider's newest attempts, whatever the pace at which they were written. */
  end(db: Database, now: number): void {
    for (const [id, { good, bad }] of this.newest) {
      forgetOutcomes(db, id)
      if (good !== undefined) noteOutcome(db, id, good, 'accepted')
      if (bad !== undefined) noteOutcome(db, id, bad, 'unavailable')
      writeBreaker(db, id, now)
    }
  }

  private finish(
    db: Database,
    story: MessageStory,
    place: StoryPlace,
    actor: Actor,
    ending: Ending,
    at = story.createdAt + Math.ceil(ending.timings.total),
    after: Parameters<typeof closed>[4] = null,
  ): MessageStory {
    const whole = closed(story, actor, ending, at, after)
    writeResult(db, whole, place, null)
    this.attempts += 1
    const isGood = ending.outcome.class === 'accepted'
    if (ending.outcome.class !== 'cancelled')
      this.newest.set(actor.id, { ...this.newest.get(actor.id), [isGood ? 'good' : 'bad']: place.attempt })
    return whole
  }

  private ending(scene: Scene, actor: Actor, at = scene.at): Ending {
    return endingOf(actor, this.incidents.at(actor.id, at), scene, this.random)
  }

  private next(
    db: Database,
    group: NonNullable<Scene['group']>,
    tried: readonly Tried[],
    now: number,
  ): Try | null {
    const members = group.members.map(({ id: providerId }) => {
      return { providerId, gone: null, needsAttention: false, breaker: breakerOf(db, providerId) }
    })
    const decision = decide(members, group.policies, tried, now)
    if (decision.kind === 'stop') return null
    if (decision.probe) noteBreaker(db, decision.providerId, decision.probe)
    return decision
  }

  private actor(id: string): Actor {
    const actor = this.actors.get(id)
    if (!actor) throw new Error('a member is a provider')
    return actor
  }
}

function mustPlace(place: StoryPlace | null): StoryPlace {
  if (!place) throw new Error('The workspace holds a message of this history already. Choose another seed.')
  return place
}

function whyOf(db: Database, { providerId, skipped, lastResort, mayArriveTwice, probe }: Try): AttemptWhy {
  return {
    skipped,
    lastResort,
    mayArriveTwice,
    breaker: breakerOf(db, providerId).state,
    probe: probe !== null,
  }
}

function heardOf({ outcome }: Ending) {
  return { class: outcome.class, code: outcome.code }
}
