import { v7 as uuidv7 } from 'uuid'
import type { MessageStory, SendInput } from '#shared/message.ts'
import { insertAttempt } from '../db/attempts.ts'
import { getMessage, getMessageByKey, insertMessage, type MessageRow } from '../db/messages.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import type { Vault } from '../secrets/vault.ts'
import { classifyAnswer, classifyFailure } from '../sending/classify.ts'
import { emptyTrace } from '../sending/exchange.ts'
import type { Outgoing } from '../sending/outgoing.ts'
import { prepare, type Prepared } from './prepare.ts'
import { renderMessage, type Rendered } from './render-message.ts'
import { storyOf, summaryOf } from './story.ts'
import { rowsOf, writeResult, type Result, type ResultRows } from './write-result.ts'

export interface SenderParts {
  stores: StoreHandle
  vault: Vault
  outgoing: Outgoing
  events: EventHub
  userAgent: string
  now: () => number
}

const retryMs = 2000
const mostDrafts = 50

/**
 * Sends messages so that nothing is lost and nothing goes out twice: the attempt is committed before its first byte,
 * its result after; the same key never sends again.
 */
export class Sender {
  private readonly running = new Map<string, { story: Promise<MessageStory>; stop: AbortController }>()
  private readonly unwritten = new Set<() => Promise<ReturnType<typeof writeResult>>>()
  /** Secrets typed in drafts, by attempt, so that what has just been sent can be revealed; never written down. */
  private readonly draftSecrets = new Map<string, Record<string, string>>()
  private retryTimer: NodeJS.Timeout | undefined
  private readonly parts: SenderParts

  constructor(parts: SenderParts) {
    this.parts = parts
  }

  send(input: SendInput): Promise<MessageStory> {
    const known = this.running.get(input.key)
    if (known) return known.story
    const stop = new AbortController()
    const story = this.sendOnce(input, stop.signal).finally(() => this.running.delete(input.key))
    this.running.set(input.key, { story, stop })
    return story
  }

  /** Stops the message of that key if it is on its way; one that is over stays as it is. */
  cancel(key: string): void {
    this.running.get(key)?.stop.abort()
  }

  draftSecret(attemptId: string, name: string): string | undefined {
    const secrets = this.draftSecrets.get(attemptId)
    return secrets && Object.hasOwn(secrets, name) ? secrets[name] : undefined
  }

  /** Stops everything on its way and waits until its outcome is written. */
  async close(): Promise<void> {
    for (const { stop } of this.running.values()) stop.abort()
    await Promise.allSettled([...this.running.values()].map(({ story }) => story))
    clearTimeout(this.retryTimer)
    await this.writeUnwritten()
    clearTimeout(this.retryTimer)
  }

  private async sendOnce(input: SendInput, signal: AbortSignal): Promise<MessageStory> {
    const { stores, vault } = this.parts
    const before = stores.store.read((db) => {
      const row = getMessageByKey(db, input.key)
      return row ? storyOf(db, row) : null
    })
    if (before) return before
    const prepared = stores.store.read((db) => prepare(db, vault, input))
    const messageId = uuidv7()
    const rendered = renderMessage(prepared, messageId, this.parts.userAgent)
    const attemptId = await this.begin(prepared, messageId, rendered)
    const result = await this.attempt(prepared, rendered, signal)
    return this.finish(prepared, { messageId, attemptId }, result)
  }

  /** Commits the message and its attempt. From here on a crash leaves a trace of what was about to happen. */
  private async begin(prepared: Prepared, messageId: string, rendered: Rendered): Promise<string> {
    const { stores, events, now } = this.parts
    const { input, phone, segmentation, settings } = prepared
    const attemptId = uuidv7()
    this.rememberDraft(attemptId, input)
    const at = now()
    const about = { provider_id: prepared.providerId, provider_name: prepared.providerName }
    const row = await stores.store.write((db) => {
      insertMessage(db, {
        id: messageId,
        send_key: input.key,
        created_at: at,
        test: input.test ? 1 : 0,
        simulated: prepared.simulated ? 1 : 0,
        to_number: phone.e164,
        country: phone.country,
        sender: settings.from,
        body: input.text,
        encoding: segmentation.encoding,
        segments: segmentation.segments,
        placeholder_values: JSON.stringify(prepared.values),
        ...about,
      })
      const request = rendered.ok ? JSON.stringify(rendered.request.recorded) : null
      insertAttempt(db, {
        id: attemptId,
        message_id: messageId,
        position: 1,
        ...about,
        started_at: at,
        request,
      })
      return getMessage(db, messageId)
    })
    if (row) this.announce(row, events)
    return attemptId
  }

  private async attempt(prepared: Prepared, rendered: Rendered, signal: AbortSignal): Promise<Result> {
    if (!rendered.ok)
      return { outcome: rendered.outcome, trace: emptyTrace(), answer: null, providerMessageId: '' }
    const { outgoing, events } = this.parts
    const { input, settings } = prepared
    const host = rendered.request.url.host
    const sent = await outgoing.send(rendered.request, {
      timeouts: settings.timeouts,
      fresh: input.test,
      signal,
      onPhase: input.test ? (phase) => events.emit('message.phase', { key: input.key, phase }) : undefined,
    })
    const { trace } = sent
    if (!sent.ok) {
      return { outcome: classifyFailure(sent.error, host, trace), trace, answer: null, providerMessageId: '' }
    }
    const { outcome, judgement } = classifyAnswer(settings, host, sent.answer)
    return { outcome, trace, answer: sent.answer, providerMessageId: judgement.messageId }
  }

  private async finish(
    prepared: Prepared,
    ids: { messageId: string; attemptId: string },
    result: Result,
  ): Promise<MessageStory> {
    const { vault, events, now } = this.parts
    const rows = rowsOf(vault, ids, result, now())
    const { story, row, flagged } = await this.persist(prepared, rows)
    this.announce(row, events)
    if (flagged || prepared.input.test) events.emit('providers.changed', { id: prepared.providerId })
    return story
  }

  /** On a full disk the result is kept in memory and written as soon as there is space: it cannot be had again. */
  private async persist(prepared: Prepared, rows: ResultRows): Promise<ReturnType<typeof writeResult>> {
    const write = () => this.parts.stores.store.write((db) => writeResult(db, prepared, rows))
    try {
      return await write()
    } catch (error) {
      this.unwritten.add(write)
      this.retry()
      throw error
    }
  }

  private retry(): void {
    this.retryTimer ??= setTimeout(() => {
      this.retryTimer = undefined
      void this.writeUnwritten()
    }, retryMs).unref()
  }

  private async writeUnwritten(): Promise<void> {
    for (const write of this.unwritten) {
      try {
        const { row } = await write()
        this.unwritten.delete(write)
        this.announce(row, this.parts.events)
      } catch {
        return this.retry()
      }
    }
  }

  private rememberDraft(attemptId: string, input: SendInput): void {
    if (input.provider.kind !== 'draft') return
    this.draftSecrets.set(attemptId, input.provider.draft.secrets)
    const [oldest] = this.draftSecrets.keys()
    if (this.draftSecrets.size > mostDrafts && oldest !== undefined) this.draftSecrets.delete(oldest)
  }

  private announce(row: MessageRow, events: EventHub): void {
    const summary = summaryOf(row)
    events.emit('message.changed', { id: row.id, key: row.send_key, providerId: row.provider_id, summary })
  }
}
