import type { Database } from 'better-sqlite3'
import type { Attempt, AttemptWhy, RecordedRequest } from '#shared/attempt.ts'
import type { MessageStory, MessageSummary } from '#shared/message.ts'
import { isUnknown } from '#shared/story/end-words.ts'
import { headersText } from '../sending/render/fixed-head.ts'
import { insertAttempt } from '../db/attempts.ts'
import { takeFromQueue } from '../db/jobs/bulk.ts'
import { insertMessage } from '../db/messages.ts'
import { takeQueuedMessage } from '../db/jobs/queued-messages.ts'
import { changingProvider } from '../db/rollups/changing-provider.ts'
import type { Prepared } from './prepare.ts'
import type { Rendered } from './render-message.ts'
import type { Queued, Running } from './running.ts'
import { attemptIdOf } from './story.ts'

/** The group that a message goes through, and why it comes to this member. */
export interface ThroughGroup {
  id: string
  name: string
  why: AttemptWhy
}

/** The story of a message as it begins: its first attempt is about to be made. */
export function openMessage(
  prepared: Prepared,
  rendered: Rendered,
  at: number,
  group: ThroughGroup | null = null,
): MessageStory {
  const { input, phone, segmentation, settings, providerId, providerName } = prepared
  return {
    id: input.key,
    createdAt: at,
    test: input.test,
    simulated: prepared.simulated,
    to: phone.e164,
    country: phone.country,
    text: input.text,
    encoding: segmentation.encoding,
    segments: segmentation.segments,
    state: 'sending',
    providerId,
    providerName,
    providerMessageId: null,
    outcomeClass: null,
    outcomeCode: null,
    groupId: group?.id ?? null,
    groupName: group?.name ?? null,
    mayArriveTwice: false,
    attempts: 1,
    duration: null,
    cost: null,
    runOf: input.runOf ?? null,
    settled: null,
    from: settings.from,
    values: prepared.values,
    story: [openAttempt(prepared, rendered, at, 1, group?.why ?? null)],
    callbacks: [],
  }
}

/** The story of a message that waited in the store as its next attempt is about to be made. */
export function openQueued(
  { story }: Queued,
  prepared: Prepared,
  rendered: Rendered,
  at: number,
  group: ThroughGroup | null,
): MessageStory {
  const position = story.attempts + 1
  const opened = openMessage(prepared, rendered, at, group)
  return {
    ...opened,
    createdAt: story.createdAt,
    values: story.values,
    mayArriveTwice: story.attempts > 0 && mayHaveArrived(story),
    attempts: position,
    story: [...story.story, openAttempt(prepared, rendered, at, position, group?.why ?? null)],
  }
}

function mayHaveArrived({ story }: MessageStory): boolean {
  return story.some(({ outcome }) => outcome?.class === 'unknown')
}

export function openAttempt(
  { input, providerId, providerName }: Prepared,
  rendered: Rendered,
  at: number,
  position: number,
  why: AttemptWhy | null,
): Attempt {
  return {
    id: attemptIdOf(input.key, position),
    position,
    providerId,
    providerName,
    startedAt: at,
    finishedAt: null,
    outcome: null,
    bytesOut: false,
    request: rendered.ok ? rendered.request.recorded : null,
    response: null,
    timings: null,
    why,
    after: null,
    wait: null,
  }
}

/** Where a story's message and its running attempt lie in the store. */
export interface StoryPlace {
  message: number
  attempt: number
}

/** Writes a story that begins, in the transaction of the caller. Null when its id was used before: then nothing is. */
export function insertStory(db: Database, story: MessageStory): StoryPlace | null {
  const message = insertMessage(db, {
    id: story.id,
    created_at: story.createdAt,
    test: story.test ? 1 : 0,
    simulated: story.simulated ? 1 : 0,
    to_number: story.to,
    country: story.country,
    sender: story.from,
    body: story.text,
    encoding: story.encoding,
    segments: story.segments,
    placeholder_values: JSON.stringify(story.values),
    provider_id: story.providerId,
    provider_name: story.providerName,
    group_id: story.groupId,
    group_name: story.groupName,
    run_of: story.runOf,
  })
  return message === null ? null : { message, attempt: insertRunning(db, message, runningAttempt(story)) }
}

/** Writes a story whose first or next attempt is about to be made. Null when it is not to be made any more. */
export function writeStory(
  db: Database,
  { queued }: Pick<Running, 'queued'>,
  story: MessageStory,
): StoryPlace | null {
  return queued ? takeQueued(db, queued, story) : insertStory(db, story)
}

/** Writes the attempt of a story that waited, in the transaction of the caller. Null when it does not wait any more. */
function takeQueued(db: Database, { seq }: Queued, story: MessageStory): StoryPlace | null {
  const attempt = runningAttempt(story)
  const simulated = story.simulated ? 1 : 0
  const next = {
    seq,
    now: attempt.startedAt,
    provider_id: story.providerId,
    provider_name: story.providerName,
    group_id: story.groupId,
    group_name: story.groupName,
    sender: story.from,
    simulated,
    may_arrive_twice: story.mayArriveTwice ? 1 : 0,
  } as const
  const taken = changingProvider(db, seq, next, () => takeQueuedMessage(db, next))
  if (!taken) return null
  takeFromQueue(db, seq)
  return { message: seq, attempt: insertRunning(db, seq, attempt) }
}

export function insertRunning(db: Database, message: number, attempt: Attempt): number {
  return insertAttempt(db, {
    message_seq: message,
    position: attempt.position,
    provider_id: attempt.providerId,
    provider_name: attempt.providerName,
    started_at: attempt.startedAt,
    request: attempt.request ? textOf(attempt.request) : null,
    why: attempt.why ? JSON.stringify(attempt.why) : null,
  })
}

/** As JSON.stringify would write it. */
function textOf({ method, url, headers, body }: RecordedRequest): string {
  const [address, text] = [JSON.stringify(url), JSON.stringify(body)]
  return `{"method":"${method}","url":${address},"headers":${headersText(headers)},"body":${text}}`
}

export function runningAttempt(story: MessageStory): Attempt {
  const attempt = story.story.at(-1)
  if (!attempt) throw new Error('the story has no attempt')
  return attempt
}

/** Name by name: leaving the rest out of a copy takes several times as long, and each message needs two. */
export function summaryOfStory(whole: MessageStory): MessageSummary {
  return {
    id: whole.id,
    createdAt: whole.createdAt,
    test: whole.test,
    simulated: whole.simulated,
    to: whole.to,
    country: whole.country,
    text: whole.text,
    encoding: whole.encoding,
    segments: whole.segments,
    state: whole.state,
    unknown: isUnknown(whole),
    providerId: whole.providerId,
    providerName: whole.providerName,
    providerMessageId: whole.providerMessageId,
    outcomeClass: whole.outcomeClass,
    outcomeCode: whole.outcomeCode,
    groupId: whole.groupId,
    groupName: whole.groupName,
    mayArriveTwice: whole.mayArriveTwice,
    attempts: whole.attempts,
    duration: whole.duration,
    cost: whole.cost,
    runOf: whole.runOf,
    settled: whole.settled,
  }
}
