import type { AttemptOutcome, MessageStory, SendInput } from '#shared/message.ts'
import { isDiskFull } from '../db/disk-full.ts'
import { getMessage, type MessageRow } from '../db/messages.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import type { Vault } from '../secrets/vault.ts'
import { Cancellation } from '../sending/cancellation.ts'
import { classifyAnswer, classifyFailure } from '../sending/classify.ts'
import { emptyTrace, type ExchangeTrace } from '../sending/exchange.ts'
import type { Outgoing } from '../sending/outgoing.ts'
import { insertStory, openMessage, summaryOfStory, type StoryPlace } from './open-message.ts'
import { prepare, type Prepared } from './prepare.ts'
import { renderMessage, type Rendered } from './render-message.ts'
import { storyOf } from './story.ts'
import { closeStory, writeResult, type Result } from './write-result.ts'

export interface SenderParts {
  stores: StoreHandle
  vault: Vault
  outgoing: Outgoing
  events: EventHub
  userAgent: string
  now: () => number
}

type Write = () => Promise<boolean>

const retryMs = 2000
const mostDrafts = 50

/**
 * Sends messages so that nothing is lost and nothing goes out twice: the attempt is committed before its first byte,
 * its result after; the same key never sends again.
 */
export class Sender {
  private readonly running = new Map<string, { story: Promise<MessageStory>; stop: Cancellation }>()
  private readonly unwritten = new Map<MessageStory, Write>()
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
    const stop = new Cancellation()
    const story = this.sendOnce(input, stop).finally(() => this.running.delete(input.key))
    this.running.set(input.key, { story, stop })
    return story
  }

  /** Stops the message of that key if it is on its way; one that is over stays as it is. */
  cancel(key: string): void {
    this.running.get(key)?.stop.cancel()
  }

  draftSecret(attemptId: string, name: string): string | undefined {
    const secrets = this.draftSecrets.get(attemptId)
    return secrets && Object.hasOwn(secrets, name) ? secrets[name] : undefined
  }

  /** Stops everything on its way and waits until its outcome is written. */
  async close(): Promise<void> {
    for (const { stop } of this.running.values()) stop.cancel()
    await Promise.allSettled([...this.running.values()].map(({ story }) => story))
    clearTimeout(this.retryTimer)
    await this.writeUnwritten()
    clearTimeout(this.retryTimer)
  }

  private async sendOnce(input: SendInput, stop: Cancellation): Promise<MessageStory> {
    const { stores, vault, now, userAgent } = this.parts
    const prepared = stores.store.read((db) => prepare(db, vault, input))
    const rendered = renderMessage(prepared, userAgent)
    const story = openMessage(prepared, rendered, now())
    const begun = await this.begin(story, input)
    if ('before' in begun) return begun.before
    const result = await this.attempt(prepared, rendered, stop)
    return this.finish(closeStory(vault, story, result, now()), begun, prepared.saved)
  }

  /**
   * Commits the message and its attempt: from here on a crash leaves a trace of what was about to happen. Answers with
   * their place or, when the key was used before, with the story of the message that used it.
   */
  private async begin(story: MessageStory, input: SendInput): Promise<StoryPlace | { before: MessageStory }> {
    const begun = await this.parts.stores.store.write((db) => {
      const place = insertStory(db, story)
      return place ?? { before: storyOf(db, getMessage(db, story.id) as MessageRow) }
    })
    if ('before' in begun) return begun
    this.rememberDraft(story, input)
    this.announce(story)
    return begun
  }

  private async attempt(prepared: Prepared, rendered: Rendered, stop: Cancellation): Promise<Result> {
    const failed = (outcome: AttemptOutcome, trace: ExchangeTrace): Result => {
      return { outcome, trace, answer: null, providerMessageId: '' }
    }
    if (!rendered.ok) return failed(rendered.outcome, emptyTrace())
    const { outgoing, events } = this.parts
    const { input, settings } = prepared
    const { host } = rendered.request.url
    const sent = await outgoing.send(rendered.request, {
      timeouts: settings.timeouts,
      fresh: input.test,
      cancellation: stop,
      onPhase: input.test ? (phase) => events.emit('message.phase', { key: input.key, phase }) : undefined,
    })
    if (!sent.ok) return failed(classifyFailure(sent.error, host, sent.trace), sent.trace)
    const { outcome, judgement } = classifyAnswer(settings, host, sent.answer)
    return { outcome, trace: sent.trace, answer: sent.answer, providerMessageId: judgement.messageId }
  }

  private async finish(
    closed: MessageStory,
    place: StoryPlace,
    judgesProvider: boolean,
  ): Promise<MessageStory> {
    const write = () => this.parts.stores.store.write((db) => writeResult(db, closed, place, judgesProvider))
    const flagged = await this.persist(closed, write)
    this.announce(closed)
    if (flagged || closed.test) this.parts.events.emit('providers.changed', { id: closed.providerId })
    return closed
  }

  /** On a full disk the result is kept in memory and written as soon as there is space: it cannot be had again. */
  private async persist(closed: MessageStory, write: Write): Promise<boolean> {
    try {
      return await write()
    } catch (error) {
      if (isDiskFull(error)) {
        this.unwritten.set(closed, write)
        this.retry()
      }
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
    for (const [closed, write] of this.unwritten) {
      try {
        await write()
        this.unwritten.delete(closed)
        this.announce(closed)
      } catch {
        return this.retry()
      }
    }
  }

  private rememberDraft(story: MessageStory, { provider }: SendInput): void {
    const [attempt] = story.story
    if (provider.kind !== 'draft' || !attempt) return
    this.draftSecrets.set(attempt.id, provider.draft.secrets)
    const [oldest] = this.draftSecrets.keys()
    if (this.draftSecrets.size > mostDrafts && oldest !== undefined) this.draftSecrets.delete(oldest)
  }

  private announce(story: MessageStory): void {
    this.parts.events.emit('message.changed', summaryOfStory(story))
  }
}
