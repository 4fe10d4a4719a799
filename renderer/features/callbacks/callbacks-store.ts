import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { CallbackFilter } from '#shared/callbacks/callback-commands.ts'
import type { CallbackSummary } from '#shared/callbacks/callback.ts'
import type { CommandOutput } from '#shared/contract.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Failure } from '../../lib/failure.ts'
import { useTurns } from '../../lib/turns.ts'
import { useCallbackCount } from './callback-count.ts'
import { askedOf, everyCallback, sameShown, type ShownCallbacks } from './callback-filter.ts'

const pageSize = 100
/** Beyond this nobody scrolls, and a table grows too tall for some browsers. */
export const mostListed = 100_000

type Page = CommandOutput<'callbacks.list'>

/**
 * Callbacks, newest first. Nothing that comes moves what one reads: while somebody reads, or has paused the list, new ones
 * are only counted, and those that are listed change in their places.
 */
export const useCallbacks = defineStore('callbacks', () => {
  const list = shallowRef<readonly CallbackSummary[]>([])
  const more = ref(true)
  const loaded = ref(false)
  const failure = ref<Failure | null>(null)
  const shown = shallowRef<ShownCallbacks>(everyCallback)
  /** New ones that wait, up to a page of them; `many`: there may be others. */
  const newer = shallowRef({ count: 0, many: false })
  const looking = ref(false)
  const stopped = ref(false)
  const paused = ref(false)
  /** Grows with each list that begins: an answer about the one before is dropped. */
  const begun = ref(0)
  const counted = useCallbackCount()
  const full = computed(() => list.value.length >= mostListed)
  let known = new Set<string>()
  let asked: CallbackFilter = askedOf(everyCallback)
  let cursor: number | null = null
  let isReading = () => false
  /** For each page that was asked for what was told since: newer than what the page says of it. */
  const asking = new Set<Map<string, CallbackSummary>>()

  async function open(wanted: ShownCallbacks): Promise<void> {
    if (!loaded.value || !sameShown(wanted, shown.value)) await begin(wanted)
    else turns.ask(true)
  }

  async function begin(wanted: ShownCallbacks = shown.value): Promise<void> {
    begun.value += 1
    const turn = begun.value
    shown.value = wanted
    asked = askedOf(wanted)
    stopped.value = false
    looking.value = false
    const page = await fetchPage(null, turn)
    if (page === null) return
    replace(page)
    loaded.value = true
    counted.begin(asked)
    if (more.value && list.value.length < pageSize) await goOn(turn)
  }

  /** Null: it failed, or another list has begun meanwhile. */
  async function fetchPage(from: number | null, turn: number): Promise<Page | null> {
    const since = new Map<string, CallbackSummary>()
    asking.add(since)
    const answer = await call('callbacks.list', { ...asked, cursor: from, limit: pageSize })
    asking.delete(since)
    if (turn !== begun.value) return null
    failure.value = answer.ok ? null : answer.error
    if (!answer.ok) return null
    return { ...answer.value, callbacks: answer.value.callbacks.map((one) => since.get(one.id) ?? one) }
  }

  function replace(page: Page): void {
    list.value = page.callbacks
    known = new Set(page.callbacks.map(({ id }) => id))
    more.value = page.more
    cursor = page.cursor
    newer.value = { count: 0, many: false }
  }

  async function loadMore(): Promise<void> {
    if (!looking.value && more.value && !stopped.value && !full.value) await goOn(begun.value)
  }

  /** What fits may be rare: each call looks for a moment only, so it is asked on and on. */
  async function goOn(turn: number): Promise<void> {
    looking.value = true
    const end = list.value.length + pageSize
    while (turn === begun.value && more.value && !stopped.value && !full.value && list.value.length < end) {
      const page = await fetchPage(cursor, turn)
      if (page === null) break
      const fresh = page.callbacks.filter(({ id }) => !known.has(id))
      for (const { id } of fresh) known.add(id)
      list.value = [...list.value, ...fresh]
      more.value = page.more
      cursor = page.cursor
    }
    if (turn === begun.value) looking.value = false
  }

  function stop(): void {
    stopped.value = true
  }
  async function lookOn(): Promise<void> {
    stopped.value = false
    await loadMore()
  }

  /** Looks whether the top of the list is another by now. */
  async function look(): Promise<void> {
    const turn = begun.value
    const page = await fetchPage(null, turn)
    if (page === null) return
    const fresh = page.callbacks.filter(({ id }) => !known.has(id))
    // Another window may have cleared them.
    if (page.callbacks.length === 0 && !page.more) {
      replace(page)
      return counted.begin(asked)
    }
    if (fresh.length === 0) return change(page.callbacks)
    if (paused.value || isReading()) {
      change(page.callbacks)
      newer.value = { count: fresh.length, many: fresh.length === page.callbacks.length && page.more }
    } else {
      showTop(page)
      counted.goOn()
    }
  }

  /** The new top over what stands below it already; over nothing, where the two do not meet. */
  function showTop(page: Page): void {
    const last = page.callbacks.at(-1)?.id
    const meets = list.value.findIndex(({ id }) => id === last)
    if (meets < 0 || !page.more) return replace(page)
    const own = new Set(page.callbacks.map(({ id }) => id))
    const below = list.value.slice(meets + 1).filter(({ id }) => !own.has(id))
    list.value = [...page.callbacks, ...below]
    known = new Set(list.value.map(({ id }) => id))
    newer.value = { count: 0, many: false }
  }

  /** In their places. */
  function change(changed: readonly CallbackSummary[]): void {
    const later = new Map(changed.filter(({ id }) => known.has(id)).map((one) => [one.id, one]))
    if (later.size > 0) list.value = list.value.map((one) => later.get(one.id) ?? one)
  }

  /** The page says whether somebody reads; without an argument nobody does. */
  function readBy(reading: () => boolean = () => false): void {
    isReading = reading
  }
  /** Shows what waits once nobody reads any more. */
  function settle(): void {
    if (newer.value.count > 0 && !paused.value && !isReading()) turns.ask(true)
  }
  function pause(wanted: boolean): void {
    paused.value = wanted
    settle()
  }

  async function replay(ids: readonly string[]) {
    const answer = await call('callbacks.replay', { ids: [...ids] })
    if (answer.ok) turns.ask(true)
    return answer
  }
  async function clear(): Promise<Failure | null> {
    const answer = await call('callbacks.clear')
    if (answer.ok) await begin()
    return answer.ok ? null : answer.error
  }

  const turns = useTurns(look)
  onEvent('callback.received', (callback) => {
    for (const since of asking) since.set(callback.id, callback)
    if (!loaded.value) return
    if (known.has(callback.id)) change([callback])
    else turns.ask(false)
  })
  onEvent('callbacks.changed', () => loaded.value && turns.ask(false))
  onEvent('host.resync', () => loaded.value && turns.ask(true))

  return {
    list,
    /** How many fit; null until that is known. */
    count: counted.count,
    more,
    full,
    loaded,
    failure,
    shown,
    newer,
    looking,
    stopped,
    paused,
    begun,
    open,
    begin,
    loadMore,
    stop,
    lookOn,
    readBy,
    settle,
    pause,
    replay,
    clear,
  }
})
