import { AppError } from '#shared/errors.ts'
import type { AttemptOutcome, MessageStory, SendInput, SendPhase } from '#shared/message.ts'
import { getMessage, type MessageRow } from '../db/messages.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { Store } from '../db/store.ts'
import type { EventHub } from '../events.ts'
import type { Log } from '../log.ts'
import type { Vault } from '../secrets/vault.ts'
import type { Access } from '../sending/access/access.ts'
import { Cancellation } from '../sending/cancellation.ts'
import { emptyTrace } from '../sending/exchange.ts'
import type { Outgoing } from '../sending/outgoing.ts'
import { exchangeMessage, type Leaving } from './exchange-message.ts'
import { getReady, needsReadying } from './get-ready.ts'
import { insertStory, openMessage, summaryOfStory, type StoryPlace } from './open-message.ts'
import { prepare } from './prepare.ts'
import { renderMessage } from './render-message.ts'
import { ResultWriter, type Closed } from './result-writer.ts'
import { storyOf } from './story.ts'
import { TokensSent } from './tokens-sent.ts'
import { closeStory } from './write-result.ts'

export interface SenderParts {
  stores: StoreHandle
  vault: Vault
  outgoing: Outgoing
  access: Access
  events: EventHub
  log: Log
  userAgent: string
  now: () => number
}

interface Running {
  /** Null once it is over: a Map keeps its former tables, with all that is in them, until old memory is collected. */
  story: Promise<MessageStory> | null
  stop: Cancellation
  providerId: string
}

const mostDrafts = 50

/**
 * Sends messages so that nothing is lost and nothing goes out twice: the attempt is committed before its first byte,
 * its result after; the same key never sends again.
 */
export class Sender {
  private readonly running = new Map<string, Running>()
  /** Secrets typed in drafts, by attempt, so that what has just been sent can be revealed; never written down. */
  private readonly draftSecrets = new Map<string, Record<string, string>>()
  private readonly tokensSent = new TokensSent()
  private readonly results: ResultWriter
  private readonly parts: SenderParts
  private paused = false
  private readonly closedFor = new Set<string>()

  constructor(parts: SenderParts) {
    this.parts = parts
    this.results = new ResultWriter(parts.log, (closed, flagged) => this.tell(closed, flagged))
  }

  /** Rejects with `invalid_input`, `not_found`, `vault_locked` or the store's errors, and then nothing went out. */
  send(input: SendInput): Promise<MessageStory> {
    const known = this.running.get(input.key)
    if (known?.story) return known.story
    if (this.paused) return Promise.reject(new AppError('store_unreadable', 'The store is being closed.'))
    const providerId = input.provider.kind === 'saved' ? input.provider.id : input.provider.draft.id
    if (this.closedFor.has(providerId))
      return Promise.reject(new AppError('provider_busy', 'The provider is being deleted.'))
    const running: Running = { story: null, stop: new Cancellation(), providerId }
    this.running.set(input.key, running)
    running.story = this.sendOnce(input, running.stop).finally(() => {
      this.running.delete(input.key)
      running.story = null
    })
    return running.story
  }

  /** Stops the message of that key if it is on its way; one that is over stays as it is. */
  cancel(key: string): void {
    this.running.get(key)?.stop.cancel()
  }

  /** Messages on their way through a provider, those included that wait for their turn. */
  countFor(providerId: string): number {
    return [...this.running.values()].filter((one) => one.providerId === providerId).length
  }

  /** Takes nothing for a provider until the answered function is called. */
  closeFor(providerId: string): () => void {
    this.closedFor.add(providerId)
    return () => this.closedFor.delete(providerId)
  }

  /** Forgets the access tokens of a provider that is gone. */
  forget(providerId: string): void {
    this.parts.access.tokens.forget(providerId)
  }

  draftSecret(attemptId: string, name: string): string | undefined {
    const secrets = this.draftSecrets.get(attemptId)
    return secrets && Object.hasOwn(secrets, name) ? secrets[name] : undefined
  }

  /** The access token that an attempt was sent with, if it is still kept. */
  accessToken(attemptId: string, providerId: string): string | null {
    return this.tokensSent.among(attemptId, this.parts.access.tokens.heldFor(providerId))
  }

  /** Stops everything on its way, waits until its outcome is written, and takes nothing more until `resume`. */
  async pause(): Promise<void> {
    this.paused = true
    for (const { stop } of this.running.values()) stop.cancel()
    await Promise.allSettled([...this.running.values()].map(({ story }) => story))
    await this.results.close()
  }

  resume(): void {
    this.paused = false
  }

  private async sendOnce(input: SendInput, stop: Cancellation): Promise<MessageStory> {
    const { stores, vault, now, userAgent } = this.parts
    // A restore may put another store in its place meanwhile; the result belongs to this one.
    const { store } = stores
    const prepared = store.read((db) => prepare(db, vault, input))
    const leaving: Leaving = {
      prepared,
      rendered: renderMessage(prepared, userAgent),
      stop,
      onPhase: input.test ? (phase) => this.tellPhase(input.key, phase) : undefined,
      ready: null,
    }
    if (needsReadying(this.parts.access, leaving)) {
      const before = store.read((db) => getMessage(db, input.key))
      if (before) return store.read((db) => storyOf(db, before))
      // Before anything is written down: if the workbench is killed here, no message is left that "may arrive".
      await getReady(this.parts, leaving, () => store.read((db) => prepare(db, vault, input)))
    }
    const story = openMessage(leaving.prepared, leaving.rendered, now())
    const begun = await this.begin(store, story, input)
    if ('before' in begun) return begun.before
    const closed = await this.attempt(story, leaving)
    await this.results.write({ story: closed, place: begun, store, version: leaving.prepared.version })
    return closed
  }

  /**
   * Commits the message and its attempt: from here on a crash leaves a trace of what was about to happen. Answers with
   * their place or, when the key was used before, with the story of the message that used it.
   */
  private async begin(
    store: Store,
    story: MessageStory,
    input: SendInput,
  ): Promise<StoryPlace | { before: MessageStory }> {
    const begun = await store.write((db) => {
      const place = insertStory(db, story)
      return place ?? { before: storyOf(db, getMessage(db, story.id) as MessageRow) }
    })
    if ('before' in begun) return begun
    this.rememberDraft(story, input)
    this.parts.events.emit('message.changed', summaryOfStory(story))
    return begun
  }

  /** Never rejects: whatever happens after the attempt has begun is an outcome, ours included. */
  private async attempt(story: MessageStory, leaving: Leaving): Promise<MessageStory> {
    const { vault, now, log } = this.parts
    const { price } = leaving.prepared.settings
    try {
      const result = await exchangeMessage(this.parts, leaving)
      this.tokensSent.note(story.story[0]?.id, leaving.ready?.token?.token)
      return closeStory(vault, story, result, price, now())
    } catch (error) {
      log.error('An attempt failed inside the workbench', { message: story.id, error })
      const outcome: AttemptOutcome = { class: 'unknown', code: 'workbench_failed', facts: {} }
      const trace = { ...emptyTrace(), bytesOut: true }
      return closeStory(vault, story, { outcome, trace, answer: null, providerMessageId: '' }, price, now())
    }
  }

  private tellPhase(key: string, phase: SendPhase): void {
    this.parts.events.emit('message.phase', { key, phase })
  }

  private tell({ story }: Closed, flagged: boolean): void {
    const { events } = this.parts
    events.emit('message.changed', summaryOfStory(story))
    if (flagged || story.test) events.emit('providers.changed', { id: story.providerId })
  }

  private rememberDraft(story: MessageStory, { provider }: SendInput): void {
    const [attempt] = story.story
    if (provider.kind !== 'draft' || !attempt) return
    this.draftSecrets.set(attempt.id, provider.draft.secrets)
    const [oldest] = this.draftSecrets.keys()
    if (this.draftSecrets.size > mostDrafts && oldest !== undefined) this.draftSecrets.delete(oldest)
  }
}
