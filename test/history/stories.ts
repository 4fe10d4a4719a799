import type { Attempt, AttemptAfter, AttemptWhy, RecordedRequest } from '#shared/attempt.ts'
import type { MessageStory } from '#shared/message.ts'
import { segment } from '#shared/segments.ts'
import { costOf } from '../../electron/messages/write-result.ts'
import type { Actor, Ensemble } from './cast.ts'
import type { Ending } from './endings.ts'
import type { Person } from './people.ts'

/** A message that is to be: to whom, when, and through whom it was meant to go. */
export interface Scene {
  id: string
  at: number
  person: Person
  text: string
  group: Ensemble | null
  test: boolean
  runOf: string | null
}

/** As the sender opens a story: its first attempt is about to be made. */
export function opened(scene: Scene, actor: Actor, why: AttemptWhy | null): MessageStory {
  const { id, at, person, text, group, test, runOf } = scene
  const { encoding, segments } = segment(text)
  return {
    id,
    createdAt: at,
    test,
    simulated: actor.simulated,
    to: person.to,
    country: person.country,
    text,
    encoding,
    segments,
    state: 'sending',
    providerId: actor.id,
    providerName: actor.name,
    providerMessageId: null,
    outcomeClass: null,
    outcomeCode: null,
    groupId: group?.id ?? null,
    groupName: group?.name ?? null,
    mayArriveTwice: false,
    attempts: 1,
    duration: null,
    cost: null,
    runOf,
    settled: null,
    from: actor.from,
    values: {},
    story: [attempt(scene, actor, at, 1, why)],
    callbacks: [],
  }
}

/** The group's next member gets it; its attempts so far are finished. */
export function passed(
  story: MessageStory,
  scene: Scene,
  actor: Actor,
  at: number,
  why: AttemptWhy,
): MessageStory {
  const attempts = story.attempts + 1
  return {
    ...story,
    simulated: actor.simulated,
    state: 'sending',
    providerId: actor.id,
    providerName: actor.name,
    mayArriveTwice: why.mayArriveTwice,
    attempts,
    from: actor.from,
    story: [...story.story, attempt(scene, actor, at, attempts, why)],
  }
}

export function closed(
  story: MessageStory,
  actor: Actor,
  ending: Ending,
  at: number,
  after: AttemptAfter | null,
): MessageStory {
  const { outcome, bytesOut, response, timings, providerMessageId } = ending
  const isAccepted = outcome.class === 'accepted'
  const isMovingOn = after !== null && after.stopped === null
  const state = isAccepted ? 'sent' : outcome.class === 'cancelled' ? 'cancelled' : 'failed'
  const finished = { finishedAt: at, outcome, bytesOut, response, timings, after }
  return {
    ...story,
    state: isMovingOn ? 'sending' : state,
    providerMessageId,
    outcomeClass: outcome.class,
    outcomeCode: outcome.code,
    duration: timings.total,
    cost: isAccepted ? costOf(story.segments, actor.price) : null,
    story: story.story.map((one) => (one.finishedAt === null ? { ...one, ...finished } : one)),
  }
}

function attempt(scene: Scene, actor: Actor, at: number, position: number, why: AttemptWhy | null): Attempt {
  return {
    id: `${scene.id}/${position}`,
    position,
    providerId: actor.id,
    providerName: actor.name,
    startedAt: at,
    finishedAt: null,
    outcome: null,
    bytesOut: false,
    request: requestOf(scene, actor),
    response: null,
    timings: null,
    why,
    after: null,
    wait: null,
  }
}

const headers = [
  { name: 'content-type', value: ['application/x-www-form-urlencoded'] },
  { name: 'user-agent', value: ['SMS-Workbench/0.1.0'] },
]

function requestOf({ person, text }: Scene, { endpoint }: Actor): RecordedRequest {
  const body = `to=${encodeURIComponent(person.to)}&text=${encodeURIComponent(text)}`
  return { method: 'POST', url: [endpoint], headers, body: [body] }
}
