import type { Database } from 'better-sqlite3'
import type { MessageStory, MessageSummary } from '#shared/message.ts'
import { insertAttempt } from '../db/attempts.ts'
import { insertMessage } from '../db/messages.ts'
import { newId } from '../ids.ts'
import type { Prepared } from './prepare.ts'
import type { Rendered } from './render-message.ts'

/** The story of a message as it begins: its first attempt is about to be made. */
export function openMessage(prepared: Prepared, rendered: Rendered, at: number): MessageStory {
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
    attempts: 1,
    duration: null,
    from: settings.from,
    values: prepared.values,
    story: [
      {
        id: newId(),
        position: 1,
        providerId,
        providerName,
        startedAt: at,
        finishedAt: null,
        outcome: null,
        bytesOut: false,
        request: rendered.ok ? rendered.request.recorded : null,
        response: null,
        timings: null,
      },
    ],
  }
}

/** Writes a story that begins, in the transaction of the caller. False when its id was used before: then nothing is. */
export function insertStory(db: Database, story: MessageStory): boolean {
  const inserted = insertMessage(db, {
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
  })
  if (!inserted) return false
  for (const attempt of story.story) {
    insertAttempt(db, {
      id: attempt.id,
      message_id: story.id,
      position: attempt.position,
      provider_id: attempt.providerId,
      provider_name: attempt.providerName,
      started_at: attempt.startedAt,
      request: attempt.request ? JSON.stringify(attempt.request) : null,
    })
  }
  return true
}

export function summaryOfStory(whole: MessageStory): MessageSummary {
  const { from: _from, values: _values, story: _story, ...summary } = whole
  return summary
}
