import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { ReceivedMessage } from '#shared/simulator.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Failure } from '../../lib/failure.ts'
import { newestOf } from './newest-requests.ts'

/** What comes within so many milliseconds is drawn at once: a burst of thousands costs a few dozen drawings. */
const drawnEvery = 50
/** In a burst the page is not told of all of them; those that are kept are asked for so often, in milliseconds. */
const askedEvery = 1000

/**
 * The requests that the simulator took, newest first. Those that come while one reads wait in `arrived`, so that the
 * lines under the eye stay where they are.
 */
export const useRequests = defineStore('simulator-requests', () => {
  const list = shallowRef<ReceivedMessage[]>([])
  const arrived = shallowRef<ReceivedMessage[]>([])
  const loaded = ref(false)
  const failure = ref<Failure | null>(null)
  let waiting: ReceivedMessage[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking: ReturnType<typeof setTimeout> | undefined
  let isReading = () => false
  /** Grows with each load and each emptying: an answer about what was before is dropped. */
  let begun = 0

  async function load(): Promise<void> {
    begun += 1
    const turn = begun
    const answer = await call('simulator.received')
    if (turn !== begun) return
    failure.value = answer.ok ? null : answer.error
    if (!answer.ok) return
    arrived.value = []
    list.value = newestOf(inOrder(answer.value))
    loaded.value = true
  }

  /** Adds what is kept and not known here; what is here and not kept any more stays. */
  async function catchUp(): Promise<void> {
    asking = undefined
    const turn = begun
    const answer = await call('simulator.received')
    if (turn !== begun || !answer.ok) return
    const known = new Set([...list.value, ...arrived.value, ...waiting].map(({ id }) => id))
    const missed = answer.value.filter(({ id }) => !known.has(id))
    if (missed.length === 0) return
    arrived.value = newestOf(inOrder([...missed, ...arrived.value]))
    settle()
  }

  function take(message: ReceivedMessage): void {
    waiting.push(message)
    timer ??= setTimeout(draw, drawnEvery)
  }

  function draw(): void {
    timer = undefined
    const came = new Map(waiting.map((message) => [message.id, message]))
    waiting = []
    // One that is known by now is told of again when more of it has become known.
    list.value = replaced(list.value, came)
    arrived.value = replaced(arrived.value, came)
    if (came.size === 0) return
    arrived.value = newestOf([...[...came.values()].toReversed(), ...arrived.value])
    settle()
  }

  /** Shows what waits, unless somebody reads. */
  function settle(): void {
    if (arrived.value.length > 0 && !isReading()) showArrived()
  }

  function showArrived(): void {
    list.value = newestOf(inOrder([...arrived.value, ...list.value]))
    arrived.value = []
  }

  /** The page says whether somebody reads; without an argument nobody does. */
  function readBy(reading: () => boolean = () => false): void {
    isReading = reading
    settle()
  }

  function empty(): void {
    begun += 1
    waiting = []
    list.value = []
    arrived.value = []
  }

  async function clear(): Promise<Failure | null> {
    const answer = await call('simulator.clear')
    if (answer.ok) empty()
    return answer.ok ? null : answer.error
  }

  onEvent('simulator.received', (message) => loaded.value && take(message))
  onEvent('simulator.status', (status) => {
    if (!loaded.value) return
    // Another window may have cleared them.
    if (status.received === 0) empty()
    else asking ??= setTimeout(() => void catchUp(), askedEvery)
  })
  onEvent('host.resync', () => loaded.value && void load())

  return { list, arrived, loaded, failure, load, settle, showArrived, readBy, clear }
})

/** The newest first; those of the same millisecond stay as they are. */
function inOrder(messages: readonly ReceivedMessage[]): ReceivedMessage[] {
  return messages.toSorted((one, other) => other.at - one.at)
}

/** With what came in place of its former self; what was placed is taken out of `came`. */
function replaced(messages: ReceivedMessage[], came: Map<string, ReceivedMessage>): ReceivedMessage[] {
  if (!messages.some(({ id }) => came.has(id))) return messages
  return messages.map((message) => {
    const later = came.get(message.id)
    came.delete(message.id)
    return later ?? message
  })
}
