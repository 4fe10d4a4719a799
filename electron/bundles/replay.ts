import { setTimeout as wait } from 'node:timers/promises'
import type { ReplayPace } from '#shared/bundle/bundle-commands.ts'
import type { Bundle, BundleCallback } from '#shared/bundle/format.ts'
import type { SendInput } from '#shared/send-input.ts'
import type { AnswerScripted } from '../simulator/scripted.ts'
import { bytesOf } from './callback-body.ts'
import { scriptOf, type Step } from './script.ts'

/** Nobody waits longer for one step of a replay, however long it took. */
const longestWait = 10_000

/** The scripts of bundles as the simulator goes through them. */
export class Scripts {
  private readonly known = new Map<string, { bundle: Bundle; steps: Step[][]; at: number[] }>()
  private readonly paces = new Map<string, ReplayPace>()
  private readonly bundleOf: (id: string) => Bundle | null

  /** `bundleOf`: null where it was removed. */
  constructor(bundleOf: (id: string) => Bundle | null) {
    this.bundleOf = bundleOf
  }

  /** From the beginning, at that pace, until it is told otherwise. */
  begin(id: string, pace: ReplayPace): void {
    this.known.delete(id)
    this.paces.set(id, pace)
  }

  forget(id: string): void {
    this.known.delete(id)
    this.paces.delete(id)
  }

  /** The provider's next answer; after its last one, its first again. */
  readonly answer: AnswerScripted = (id, place) => {
    const script = this.known.get(id) ?? this.load(id)
    const steps = script?.steps[place] ?? []
    const at = script?.at[place] ?? 0
    const step = steps[at % Math.max(1, steps.length)]
    if (!script || !step) return null
    script.at[place] = at + 1
    const { to, from, text } = script.bundle.message
    const delayMs = this.paces.get(id) === 'recorded' ? Math.min(step.after, longestWait) : 0
    const { decision } = step
    return { to, from, text, decision: decision.kind === 'reply' ? { ...decision, delayMs } : decision }
  }

  private load(id: string) {
    const bundle = this.bundleOf(id)
    if (!bundle) return null
    const { steps } = scriptOf(bundle)
    const script = { bundle, steps, at: steps.map(() => 0) }
    this.known.set(id, script)
    return script
  }
}

/** The recorded message as it is sent once more. */
export function replayInput(
  { message }: Bundle,
  { id, key, provider }: { id: string; key: string; provider: SendInput['provider'] },
): SendInput {
  const { to, text, values } = message
  return { key, provider, to, country: null, text, values, test: true, runOf: id }
}

export interface Taking {
  bundle: Bundle
  /** Of the providers that were made for it, in their order. */
  providers: readonly string[]
  /** The new message's. */
  messageId: string
  pace: ReplayPace
  stop: AbortSignal
  take: (
    providerId: string,
    request: { method: string; query: string; rawHeaders: string[]; body: Buffer },
  ) => Promise<void>
}

/** Gives the listener what came for the recorded message, in its order, with the new message's id in place of its own. */
export async function replayCallbacks(taking: Taking): Promise<void> {
  const { bundle, providers, messageId, pace, stop, take } = taking
  let before = bundle.attempts.at(-1)?.finishedAt ?? bundle.message.createdAt
  const inOrder = [...bundle.callbacks].sort((one, other) => one.receivedAt - other.receivedAt)
  for (const callback of inOrder) {
    const place = bundle.providers.findIndex(({ id }) => id === callback.providerId)
    const providerId = providers[place]
    if (pace === 'recorded')
      await wait(Math.min(longestWait, Math.max(0, callback.receivedAt - before)), null, { signal: stop })
    stop.throwIfAborted()
    before = Math.max(before, callback.receivedAt)
    if (providerId !== undefined) await take(providerId, requestFor(callback, bundle.message.id, messageId))
  }
}

/** Of the connection that it came by. */
const notKept = /^(?:content-length|transfer-encoding|connection|expect|keep-alive|upgrade)$/i

function requestFor({ method, target, headers, body }: BundleCallback, from: string, to: string) {
  const change = (text: string) => withId(text, from, to)
  const query = target.includes('?') ? target.slice(target.indexOf('?') + 1) : ''
  return {
    method,
    query: change(query),
    rawHeaders: headers
      .filter(({ name }) => !notKept.test(name))
      .flatMap(({ name, value }) => [name, change(value)]),
    // Ids are plain ASCII, whatever the bytes around them are.
    body: Buffer.from(change(bytesOf(body).toString('latin1')), 'latin1'),
  }
}

/** As it is written with and without hyphens, in either case. */
function withId(text: string, from: string, to: string): string {
  const bare = (id: string) => id.replaceAll('-', '')
  const pairs = [
    [from, to],
    [from.toUpperCase(), to.toUpperCase()],
    [bare(from), bare(to)],
    [bare(from).toUpperCase(), bare(to).toUpperCase()],
  ] as const
  return pairs.reduce((changed, [one, other]) => changed.replaceAll(one, other), text)
}
