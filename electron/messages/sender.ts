import { AppError } from '#shared/errors.ts'
import type { Database } from 'better-sqlite3'
import type {
  AttemptOutcome,
  AttemptAfter,
  DirectInput,
  MessageStory,
  SendInput,
  SendPhase,
} from '#shared/message.ts'
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
import { DraftSecrets } from './draft-secrets.ts'
import { exchangeMessage, type Leaving } from './exchange-message.ts'
import { getReady, needsReadying, takePlace } from './get-ready.ts'
import { insertStory, openMessage, summaryOfStory, type StoryPlace } from './open-message.ts'
import { prepare } from './prepare.ts'
import { renderMessage } from './render-message.ts'
import { ResultWriter, type Closed } from './result-writer.ts'
import { storyOf } from './story.ts'
import { TokensSent } from './tokens-sent.ts'
import { closeStory, type Result } from './write-result.ts'
import { isDirect, targetOf } from '../groups/target.ts'
import { leaveSeat, providerIdOf, type Running } from './running.ts'
import { sendThroughGroup, type GroupTools } from './group-sender.ts'

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

/**
 * Sends messages so that nothing is lost and nothing goes out twice: the attempt is committed before its first byte,
 * its result after; the same key never sends again.
 */
export class Sender {
  private readonly running = new Map<string, Running>()
  private readonly draftSecrets = new DraftSecrets()
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
    const providerId = providerIdOf(input)
    if (this.closedFor.has(providerId))
      return Promise.reject(new AppError('provider_busy', 'The provider is being deleted.'))
    const running: Running = { story: null, stop: new Cancellation(), providerId, seat: { leave: null } }
    this.running.set(input.key, running)
    const sending = isDirect(input) ? this.sendOnce(input, running) : this.sendRouted(input, running)
    running.story = sending.finally(() => {
      this.running.delete(input.key)
      leaveSeat(running.seat)
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
    return this.draftSecrets.secret(attemptId, name)
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

  private async sendRouted(input: SendInput, running: Running): Promise<MessageStory> {
    const { store } = this.parts.stores
    const target = store.read((db) => targetOf(db, input))
    if (target.kind === 'group') return sendThroughGroup(this.groupTools(running), store, target.row, input)
    running.providerId = providerIdOf(target.input)
    return this.sendOnce(target.input, running)
  }

  private async sendOnce(input: DirectInput, running: Running): Promise<MessageStory> {
    // A restore may put another store in its place meanwhile; the result belongs to this one.
    const { store } = this.parts.stores
    const leaving = this.leave(input, running)
    if (needsReadying(this.parts.access, leaving)) {
      const before = store.read((db) => getMessage(db, input.key))
      if (before) return store.read((db) => storyOf(db, before))
      await this.getReady(leaving, input)
    } else takePlace(this.parts.access, leaving)
    const story = openMessage(leaving.prepared, leaving.rendered, this.parts.now())
    const begun = await this.begin(store, story, (db) => insertStory(db, story))
    if ('before' in begun) return begun.before
    this.draftSecrets.remember(story, input)
    const result = await this.exchange(story, leaving)
    const closed = this.close(story, result, leaving, null)
    await this.results.write({ story: closed, place: begun, store, version: leaving.prepared.version })
    return closed
  }

  private leave(input: DirectInput, { stop, seat }: Running): Leaving {
    const { stores, vault, userAgent } = this.parts
    const prepared = stores.store.read((db) => prepare(db, vault, input))
    return {
      prepared,
      rendered: renderMessage(prepared, userAgent),
      stop,
      onPhase: input.test || input.runOf ? (phase) => this.tellPhase(input.key, phase) : undefined,
      ready: null,
      seat,
    }
  }

  /** Before anything is written down: if the workbench is killed here, no attempt is left that "may arrive". */
  private getReady(leaving: Leaving, input: DirectInput): Promise<void> {
    const { stores, vault } = this.parts
    return getReady(this.parts, leaving, () => stores.store.read((db) => prepare(db, vault, input)))
  }

  /**
   * Commits the message and its attempt: from here on a crash leaves a trace of what was about to happen. Answers with
   * their place or, when the key was used before, with the story of the message that used it.
   */
  private async begin(
    store: Store,
    story: MessageStory,
    insert: (db: Database) => StoryPlace | null,
  ): Promise<StoryPlace | { before: MessageStory }> {
    const begun = await store.write(
      (db) => insert(db) ?? { before: storyOf(db, getMessage(db, story.id) as MessageRow) },
    )
    if (!('before' in begun)) this.parts.events.emit('message.changed', summaryOfStory(story))
    return begun
  }

  /** Never rejects: whatever happens after the attempt has begun is an outcome, ours included. */
  private async exchange(story: MessageStory, leaving: Leaving): Promise<Result> {
    try {
      const result = await exchangeMessage(this.parts, leaving)
      this.tokensSent.note(story.story.at(-1)?.id, leaving.ready?.token?.token)
      return result
    } catch (error) {
      this.parts.log.error('An attempt failed inside the workbench', { message: story.id, error })
      const outcome: AttemptOutcome = { class: 'unknown', code: 'workbench_failed', facts: {} }
      return { outcome, trace: { ...emptyTrace(), bytesOut: true }, answer: null, providerMessageId: '' }
    } finally {
      leaveSeat(leaving.seat)
    }
  }

  private close(
    story: MessageStory,
    result: Result,
    leaving: Leaving,
    after: AttemptAfter | null,
  ): MessageStory {
    const { vault, now } = this.parts
    return closeStory(vault, story, result, leaving.prepared.settings.price, now(), after)
  }

  private groupTools(running: Running): GroupTools {
    const { access, events, now } = this.parts
    return {
      now,
      isClosed: (id) => this.closedFor.has(id),
      onBreaker: (id) => events.emit('providers.changed', { id }),
      isCancelled: () => running.stop.cancelled,
      onMember: (id) => (running.providerId = id),
      leave: (input) => this.leave(input, running),
      ready: async (leaving, input) => {
        if (!needsReadying(access, leaving)) {
          takePlace(access, leaving)
          return false
        }
        await this.getReady(leaving, input)
        return true
      },
      begin: (store, story, insert) => this.begin(store, story, insert),
      exchange: (story, leaving) => this.exchange(story, leaving),
      close: (story, result, leaving, after) => this.close(story, result, leaving, after),
      write: (closed) => this.results.write(closed),
      tell: (story) => events.emit('message.changed', summaryOfStory(story)),
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
}
