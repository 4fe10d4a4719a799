import type { MessageStory } from '#shared/message.ts'
import type { AttemptOutcome } from '#shared/outcome.ts'
import type { DirectInput, SendPhase } from '#shared/send-input.ts'
import { emptyTrace } from '../sending/exchange.ts'
import { exchangeMessage, type Leaving } from './exchange-message.ts'
import { getReady } from './get-ready.ts'
import { openMessage, openQueued, type ThroughGroup } from './open-message.ts'
import { prepare } from './prepare.ts'
import { renderMessage } from './render-message.ts'
import { leaveSeat, StillQueued, type Running } from './running.ts'
import type { SenderParts } from './sender-parts.ts'
import { TokensSent } from './tokens-sent.ts'
import { closeStory, type Ending, type Result } from './write-result.ts'

/** The stages of one attempt, whoever makes it: a message's only one, or one of several in a group. */
export class Attempts {
  readonly tokensSent = new TokensSent()
  private readonly parts: SenderParts
  private readonly onPhase: (key: string, phase: SendPhase) => void

  constructor(parts: SenderParts, onPhase: (key: string, phase: SendPhase) => void) {
    this.parts = parts
    this.onPhase = onPhase
  }

  /** Throws `StillQueued`; from here on the message's attempt is on its way to the store. */
  openStory(running: Running, leaving: Leaving, group: ThroughGroup | null): MessageStory {
    const { queued, stop } = running
    if (queued && stop.cancelled) throw new StillQueued()
    running.begun = true
    const at = this.parts.now()
    return queued
      ? openQueued(queued, leaving.prepared, leaving.rendered, at, group)
      : openMessage(leaving.prepared, leaving.rendered, at, group)
  }

  leave(input: DirectInput, { stop, seat }: Running): Leaving {
    const { stores, vault, userAgent } = this.parts
    const prepared = stores.store.read((db) => prepare(db, vault, input, this.parts))
    return {
      prepared,
      rendered: renderMessage(prepared, userAgent),
      stop,
      onPhase: input.test || input.runOf ? (phase) => this.onPhase(input.key, phase) : undefined,
      ready: null,
      seat,
    }
  }

  /** Before anything is written down: if the workbench is killed here, no attempt is left that "may arrive". */
  getReady(leaving: Leaving, input: DirectInput): Promise<void> {
    const { stores, vault } = this.parts
    const again = () => stores.store.read((db) => prepare(db, vault, input, this.parts))
    return getReady(this.parts, leaving, again)
  }

  /** Never rejects: whatever happens after the attempt has begun is an outcome, ours included. */
  async exchange(story: MessageStory, leaving: Leaving): Promise<Result> {
    const over = this.tellSimulator(story, leaving)
    try {
      const result = await exchangeMessage(this.parts, leaving)
      this.tokensSent.note(story.story.at(-1)?.id, leaving.ready?.token?.token)
      return result
    } catch (error) {
      this.parts.log.error('An attempt failed inside the workbench', { message: story.id, error })
      const outcome: AttemptOutcome = { class: 'unknown', code: 'workbench_failed', facts: {} }
      return { outcome, trace: { ...emptyTrace(), bytesOut: true }, answer: null, providerMessageId: '' }
    } finally {
      over?.()
      leaveSeat(leaving.seat)
    }
  }

  private tellSimulator({ id, to }: MessageStory, { prepared, rendered }: Leaving): (() => void) | undefined {
    const { providerId, simulated } = prepared
    if (!simulated || !rendered.ok || providerId === null) return undefined
    return this.parts.onSimulated?.({ messageId: id, providerId, to, url: rendered.request.url.href })
  }

  /** A message that was taken back waits again where its attempt ended before its first byte. */
  close(
    { takenBack }: Running,
    story: MessageStory,
    result: Result,
    leaving: Leaving,
    ending: Ending | null,
  ): MessageStory {
    const { vault, now } = this.parts
    const closed = closeStory(vault, story, result, leaving.prepared.settings.price, now(), ending)
    return takenBack && closed.state === 'cancelled' ? { ...closed, state: 'queued' } : closed
  }
}
