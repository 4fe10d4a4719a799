import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import type { RecordedRequest } from '#shared/attempt.ts'
import type { MessageStory } from '#shared/message.ts'
import { genericKind } from '#shared/provider.ts'
import { getAttempt } from '../db/attempts.ts'
import { getMessage, lastValuesOf } from '../db/messages.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import { openSecret } from '../providers/provider-secrets.ts'
import { wholeDraft, type VendorParts } from '../providers/vendor-input.ts'
import type { Handlers } from '../rpc.ts'
import type { Vault } from '../secrets/vault.ts'
import { revealText } from '../sending/render/masked-text.ts'
import { accessTokenName } from '../sending/render/render-template.ts'
import { targetView } from '../groups/target-view.ts'
import { summaryOfStory } from './open-message.ts'
import { mustGetMessage, runsOf } from './runs.ts'
import type { Sender } from './sender.ts'
import { stopWaiting, waitsForReceipt } from './receipt-waits.ts'
import { settle } from './settle.ts'
import { storyOf } from './story.ts'

type MessageHandlers = Pick<
  Handlers,
  | 'messages.send'
  | 'messages.cancel'
  | 'messages.get'
  | 'messages.runs'
  | 'messages.settle'
  | 'messages.target'
  | 'messages.lastValues'
  | 'messages.revealRequest'
>

export interface MessageParts extends VendorParts {
  stores: StoreHandle
  vault: Vault
  sender: Sender
  events: EventHub
  /** A message that is not in the log, but in a bundle that was opened. */
  storyElsewhere: (db: Database, id: string) => MessageStory | null
  now: () => number
}

export function messageHandlers(parts: MessageParts): MessageHandlers {
  const { stores, vault, sender, events, now } = parts
  return {
    'messages.send': (input) => {
      const { provider } = input
      if (provider.kind !== 'draft' || provider.draft.kind === genericKind) return sender.send(input)
      return wholeDraft(parts, provider.draft, 'provider.draft.').then((draft) =>
        sender.send({ ...input, provider: { kind: 'draft', draft } }),
      )
    },
    'messages.cancel': async ({ key }) => {
      sender.cancel(key)
      if (!stores.store.read((db) => waitsForReceipt(db, key))) return null
      const story = await stores.store.write((db) => stopWaiting(db, key, now()))
      if (story) events.emit('message.changed', summaryOfStory(story))
      return null
    },
    'messages.get': ({ id }) =>
      stores.store.read((db) => {
        const elsewhere = getMessage(db, id) ? null : parts.storyElsewhere(db, id)
        return elsewhere ?? storyOf(db, mustGetMessage(db, id))
      }),
    'messages.runs': ({ id }) => stores.store.read((db) => runsOf(db, id, parts.storyElsewhere)),
    'messages.settle': async ({ id, as }) => {
      const story = await stores.store.write((db) => settle(db, id, as, now()))
      events.emit('message.changed', summaryOfStory(story))
      return story
    },
    'messages.target': (input) => stores.store.read((db) => targetView(db, input)),
    'messages.lastValues': ({ providerId }) =>
      stores.store.read((db) => JSON.parse(lastValuesOf(db, providerId) ?? '{}') as Record<string, string>),
    'messages.revealRequest': ({ attemptId }) =>
      stores.store.read((db) => revealRequest(db, vault, sender, attemptId)),
  }
}

/**
 * Spells out the secrets as they are now; one that was replaced since shows its new value. An access token is the one
 * that was sent, or none.
 */
function revealRequest(db: Database, vault: Vault, sender: Sender, attemptId: string): RecordedRequest {
  const [messageId = '', position] = attemptId.split('/')
  const message = getMessage(db, messageId)
  const attempt = message && getAttempt(db, message.seq, Number(position))
  if (!attempt?.request || attempt.request === 'null')
    throw new AppError('not_found', 'There is no such request.')
  const request = JSON.parse(attempt.request) as RecordedRequest
  const providerId = attempt.provider_id ?? ''
  const secretValue = (name: string) =>
    name === accessTokenName
      ? (sender.accessToken(attemptId, providerId) ?? '<access token, no longer kept>')
      : (sender.draftSecret(attemptId, name) ?? openSecret(db, vault, providerId, name))
  const reveal = (text: RecordedRequest['body']) => [revealText(text, secretValue)]
  return {
    method: request.method,
    url: reveal(request.url),
    headers: request.headers.map(({ name, value }) => ({ name, value: reveal(value) })),
    body: reveal(request.body),
  }
}
