import { shallowReactive } from 'vue'
import type { MessageSummary } from '#shared/message.ts'
import { mostAskedById } from '#shared/message-log.ts'
import { call } from '../../lib/api.ts'

/** Rows on each side of what is seen that are held, too, so that scrolling finds them there. */
const margin = 90
const mostHeld = 1500

type Told = Map<string, MessageSummary>

/**
 * The messages around what is seen of a long list; of the others their ids are enough. What goes out of sight is let go
 * and fetched again by its id, so that a row stays where it is for as long as the list stands.
 */
export function useHeldRows(ids: () => readonly string[]) {
  const rows = shallowReactive(new Map<string, MessageSummary>())
  /** Deleted since they were listed. */
  const gone = shallowReactive(new Set<string>())
  const asked = new Set<string>()
  /** What was told of while each answer was on its way, which must not put it back to what it was. */
  const tracked = new Set<Told>()
  let seen = { first: 0, last: 0 }
  let busy = false

  /** Takes an answer in, each message as it was last told of while the answer was on its way. */
  function put(messages: readonly MessageSummary[], told: Told): void {
    for (const message of messages) rows.set(message.id, told.get(message.id) ?? message)
  }

  /** Begins to note what is told of, until `put` has its answer. */
  async function track<T>(work: (told: Told) => Promise<T>): Promise<T> {
    const told = new Map<string, MessageSummary>()
    tracked.add(told)
    try {
      return await work(told)
    } finally {
      tracked.delete(told)
    }
  }

  function change(message: MessageSummary): void {
    for (const told of tracked) told.set(message.id, message)
    if (rows.has(message.id)) rows.set(message.id, message)
  }

  const near = () => ids().slice(Math.max(0, seen.first - margin), seen.last + margin)

  /** `last`: the first row that is not seen any more. */
  function see(first: number, last: number): void {
    seen = { first, last }
    if (rows.size > mostHeld) letGo()
    void fetchMissing()
  }

  function letGo(): void {
    const kept = new Set(near())
    for (const id of rows.keys()) if (!kept.has(id)) rows.delete(id)
  }

  /** One request at a time: whoever drags the bar is asked for where it rests, not for all that it passed. */
  async function fetchMissing(): Promise<void> {
    if (busy) return
    const missing = near().filter((id) => !rows.has(id) && !gone.has(id) && !asked.has(id))
    if (missing.length === 0) return
    busy = true
    const worked = await fetch(missing.slice(0, mostAskedById))
    busy = false
    if (worked) await fetchMissing()
  }

  async function fetch(wanted: string[]): Promise<boolean> {
    for (const id of wanted) asked.add(id)
    const answer = await track(async (told) => {
      const one = await call('messages.some', { ids: wanted })
      if (one.ok) put(one.value, told)
      return one
    })
    for (const id of wanted) asked.delete(id)
    if (!answer.ok) return false
    const found = new Set(answer.value.map(({ id }) => id))
    for (const id of wanted)
      if (!found.has(id)) {
        gone.add(id)
        rows.delete(id)
      }
    return true
  }

  /** Asks again for what is seen, and lets the rest go; for changes that nobody told of one by one. */
  async function refresh(): Promise<void> {
    const wanted = ids()
      .slice(seen.first, Math.max(seen.last, seen.first + 1))
      .slice(0, mostAskedById)
    const kept = new Set(wanted)
    for (const id of rows.keys()) if (!kept.has(id)) rows.delete(id)
    if (wanted.length > 0) await fetch(wanted)
    await fetchMissing()
  }

  function clear(): void {
    rows.clear()
    gone.clear()
  }

  return { rows, gone, put, track, change, see, refresh, clear }
}
