import type { BulkTarget } from '#shared/bulk.ts'
import { AppError } from '#shared/errors.ts'
import type { Database } from 'better-sqlite3'
import type { MessageStory } from '#shared/message.ts'
import type { DirectInput, SendInput } from '#shared/send-input.ts'
import { getMessage, getMessageBySeq, type MessageRow } from '../db/messages.ts'
import type { WaitRow } from '../db/incoming/receipt-waits.ts'
import type { Store } from '../db/store.ts'
import { Cancellation } from '../sending/cancellation.ts'
import { beginUnlessArrived } from './before-next.ts'
import { DraftSecrets } from './draft-secrets.ts'
import { Attempts } from './attempts.ts'
import { needsReadying, takePlace } from './get-ready.ts'
import { summaryOfStory, writeStory, type StoryPlace } from './open-message.ts'
import { ResultWriter, type Closed } from './result-writer.ts'
import { storyOf } from './story.ts'
import { isDirect, targetOf } from '../groups/target.ts'
import type { SenderParts } from './sender-parts.ts'
import { leaveSeat, providerIdOf, StillQueued, type Queued, type Running } from './running.ts'
import { goOnWithoutReceipt, StillWaiting } from './go-on.ts'
import { sendThroughGroup } from './group-sender.ts'
import { lendTools, type GroupTools } from './group-tools.ts'

/**
 * Sends messages so that nothing is lost and nothing goes out twice: the attempt is committed before its first byte,
 * its result after; the same key never sends again.
 */
export class Sender {
  private readonly running = new Map<string, Running>()
  private readonly draftSecrets = new DraftSecrets()
  private readonly attempts: Attempts
  private readonly results: ResultWriter
  private readonly parts: SenderParts
  private paused = false
  private readonly closedFor = new Set<string>()

  constructor(parts: SenderParts) {
    this.parts = parts
    this.attempts = new Attempts(parts, (key, phase) => parts.events.emit('message.phase', { key, phase }))
    this.results = new ResultWriter(parts.log, (closed, flagged) => this.tell(closed, flagged))
  }

  /** Rejects with `invalid_input`, `not_found`, `vault_locked` or the store's errors, and then nothing went out. */
  send(input: SendInput): Promise<MessageStory> {
    const known = this.running.get(input.key)
    if (known?.story) return known.story
    if (this.paused) return Promise.reject(new AppError('store_unreadable', 'The store is being closed.'))
    const providerId = providerIdOf(input)
    if (this.closedFor.has(providerId)) return Promise.reject(beingDeleted())
    return this.run(input, providerId, null)
  }

  /**
   * Sends a message that waits in the store. Rejects as `send` does, with `StillQueued` when it was taken back, and with
   * `not_found` when it does not wait there; then nothing went out.
   */
  async sendQueued(row: MessageRow, provider: BulkTarget): Promise<MessageStory> {
    if (this.paused || this.running.has(row.id)) throw new StillQueued()
    const { id: key, seq, to_number: to, body: text } = row
    const story = this.parts.stores.store.read((db) => storyOf(db, row))
    const input = { key, provider, to, country: null, text, values: story.values, test: row.test === 1 }
    if (this.closedFor.has(providerIdOf(input))) throw beingDeleted()
    return this.run(input, providerIdOf(input), { seq, story })
  }

  /**
   * Sends a group's message on that had no delivery receipt in time, unless something speaks against it. Rejects with
   * `vault_locked` or the store's errors, and then it waits as before.
   */
  async goOn(wait: WaitRow): Promise<void> {
    const { store } = this.parts.stores
    const row = store.read((db) => getMessageBySeq(db, wait.message_seq))
    if (!row || this.paused || this.running.has(row.id)) throw new StillWaiting()
    await this.track(row.id, row.provider_id ?? '', null, (running) =>
      goOnWithoutReceipt(this.groupTools(running), store, wait),
    )
  }

  /** Takes a message of the queue back; where an attempt of it has begun, once that is over and another would follow. */
  takeBack(key: string): void {
    const running = this.running.get(key)
    if (!running?.queued) return
    running.takenBack = true
    if (!running.begun) running.stop.cancel()
  }

  private run(input: SendInput, providerId: string, queued: Queued | null): Promise<MessageStory> {
    return this.track(input.key, providerId, queued, (running) =>
      isDirect(input) ? this.sendOnce(input, running) : this.sendRouted(input, running),
    )
  }

  private track(
    key: string,
    providerId: string,
    queued: Queued | null,
    send: (running: Running) => Promise<MessageStory>,
  ): Promise<MessageStory> {
    const stop = new Cancellation()
    const seat = { leave: null }
    const running: Running = { story: null, stop, providerId, seat, queued, begun: false, takenBack: false }
    this.running.set(key, running)
    running.story = send(running).finally(() => {
      this.running.delete(key)
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
    return this.attempts.tokensSent.among(attemptId, this.parts.access.tokens.heldFor(providerId))
  }

  /**
   * Stops everything on its way, waits until its outcome is written, and takes nothing more until `resume`. What the queue
   * sends goes back there where surely nothing of it went out.
   */
  async pause(): Promise<void> {
    this.paused = true
    for (const running of this.running.values()) {
      running.takenBack = running.queued !== null && !running.stop.cancelled
      running.stop.cancel()
    }
    await Promise.allSettled([...this.running.values()].map(({ story }) => story))
    await this.results.close()
  }

  resume(): void {
    this.paused = false
  }

  private async sendRouted(input: SendInput, running: Running): Promise<MessageStory> {
    const { store } = this.parts.stores
    const target = store.read((db) => targetOf(db, input))
    if (target.kind === 'group') {
      const tools = this.groupTools(running)
      return sendThroughGroup(tools, store, target.row, input, running.queued)
    }
    running.providerId = providerIdOf(target.input)
    return this.sendOnce(target.input, running)
  }

  private async sendOnce(input: DirectInput, running: Running): Promise<MessageStory> {
    // A restore may put another store in its place meanwhile; the result belongs to this one.
    const { store } = this.parts.stores
    const leaving = this.attempts.leave(input, running)
    if (needsReadying(this.parts.access, leaving)) {
      const before = running.queued ? undefined : store.read((db) => getMessage(db, input.key))
      if (before) return store.read((db) => storyOf(db, before))
      await this.attempts.getReady(leaving, input)
    } else takePlace(this.parts.access, leaving)
    const story = this.attempts.openStory(running, leaving, null)
    const begun = await this.begin(store, story, running)
    if ('before' in begun) return begun.before
    this.draftSecrets.remember(story, input)
    const result = await this.attempts.exchange(story, leaving)
    const closed = this.attempts.close(running, story, result, leaving, null)
    await this.results.write({ story: closed, place: begun, store, version: leaving.prepared.version })
    if (closed.state === 'queued') throw new StillQueued()
    return closed
  }

  /**
   * Commits the message and its attempt: from here on a crash leaves a trace of what was about to happen. Answers with
   * their place or, when the key was used before, with the story of the message that used it.
   */
  private async begin(
    store: Store,
    story: MessageStory,
    running: Running,
    also: (db: Database) => void = () => {},
  ): Promise<StoryPlace | { before: MessageStory }> {
    const write = (db: Database) => {
      const place = writeStory(db, running, story)
      if (place) also(db)
      return place
    }
    const { queued } = running
    const tried = queued && queued.story.attempts > 0 ? queued : null
    const place = await (tried ? beginUnlessArrived(this.looks, store, tried, write) : store.write(write))
    if (!place) return { before: store.read((db) => storyOf(db, getMessage(db, story.id) as MessageRow)) }
    this.tellOf(story)
    return place
  }

  private groupTools(running: Running): GroupTools {
    const { access, events } = this.parts
    return lendTools(running, {
      access,
      ...this.looks,
      attempts: this.attempts,
      isClosed: (id) => this.closedFor.has(id),
      onBreaker: (id) => events.emit('providers.changed', { id }),
      begin: (store, story, also) => this.begin(store, story, running, also),
      write: (closed) => this.results.write(closed),
      tell: (story) => this.tellOf(story),
    })
  }

  private get looks() {
    const { now, callbacksRead = () => Promise.resolve() } = this.parts
    return { now, callbacksRead }
  }

  /** Not of those that the queue sends: their job tells how it goes, and thousands a second would drown the pages. */
  private tellOf(story: MessageStory): void {
    if (!this.running.get(story.id)?.queued) this.parts.events.emit('message.changed', summaryOfStory(story))
  }

  private tell(closed: Closed, flagged: boolean): void {
    const { story } = closed
    this.parts.onResult?.(closed)
    this.tellOf(story)
    if (flagged || story.test) this.parts.events.emit('providers.changed', { id: story.providerId })
    const wait = story.story.at(-1)?.wait
    if (wait) this.parts.onWait?.(wait.until)
  }
}

function beingDeleted(): AppError {
  return new AppError('provider_busy', 'The provider is being deleted.')
}
