import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import { fitsLogFilter, mostCounted, type LogFilter, type MessagePage } from '#shared/message-log.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Failure } from '../../lib/failure.ts'
import { useHeldRows } from './held-rows.ts'
import { everyMessage, logFilterOf, sameFilter, type MessageFilter } from './message-filter.ts'
import { useTurns } from '../../lib/turns.ts'

const pageSize = 100
/** Rows that one wish for more brings, where there are so many. */
const leastMore = 60
/** Beyond this nobody scrolls, and a table grows too tall for some browsers. */
export const mostListed = 200_000

/**
 * The message log, newest first. Nothing that comes moves what one reads: while somebody reads, new messages are only
 * counted, and those that are listed change in their places.
 */
export const useMessageLog = defineStore('message-log', () => {
  const ids = shallowRef<readonly string[]>([])
  const more = ref(true)
  const loaded = ref(false)
  const failure = ref<Failure | null>(null)
  const filter = shallowRef<MessageFilter>(everyMessage)
  /** How many fit, and whether there may be others. */
  const count = shallowRef<{ count: number; more: boolean } | null>(null)
  /** New ones that wait, up to a page of them; `many`: there may be others. */
  const newer = shallowRef({ count: 0, many: false })
  const looking = ref(false)
  const stopped = ref(false)
  /** How much of the log has been looked through, from 0 to 1. */
  const progress = ref(0)
  /** Where the page was left. */
  const place = shallowRef({ top: 0, active: 0 })

  const held = useHeldRows(() => ids.value)
  const full = computed(() => ids.value.length >= mostListed)
  let known = new Set<string>()
  let asked: LogFilter = { providerId: null }
  let cursor: number | undefined
  let isReading = () => false
  /** Grows with each list that begins: an answer about the one before is dropped. */
  const begun = ref(0)

  /** The list of a filter as it was left, brought up to date; another filter's begins at its top. */
  async function open(wanted: MessageFilter): Promise<void> {
    if (!loaded.value || !sameFilter(wanted, filter.value)) return begin(wanted)
    await held.refresh()
    if (held.gone.size > 0) return begin(wanted)
    turns.ask(true)
  }

  async function begin(wanted: MessageFilter = filter.value): Promise<void> {
    begun.value += 1
    const turn = begun.value
    filter.value = wanted
    asked = logFilterOf(wanted, Date.now())
    place.value = { top: 0, active: 0 }
    count.value = null
    stopped.value = false
    looking.value = false
    await held.track(async (told) => {
      const answer = await call('messages.list', { ...asked, before: null, limit: pageSize })
      if (turn !== begun.value) return
      failure.value = answer.ok ? null : answer.error
      if (!answer.ok) return
      replace(answer.value)
      held.clear()
      held.put(answer.value.messages, told)
      loaded.value = true
    })
    if (turn !== begun.value || failure.value) return
    void recount(turn)
    if (more.value && ids.value.length < leastMore) await goOn(turn, leastMore - ids.value.length)
  }

  function replace(page: MessagePage): void {
    ids.value = page.messages.map(({ id }) => id)
    known = new Set(ids.value)
    more.value = page.more
    newer.value = { count: 0, many: false }
    reached(page)
  }

  function reached(page: MessagePage): void {
    cursor = page.cursor
    progress.value = page.more && page.top > 0 ? 1 - page.cursor / page.top : 1
  }

  async function recount(turn: number): Promise<void> {
    let from: number | undefined
    let sum = 0
    for (;;) {
      const answer = await call('messages.count', { ...asked, ...(from !== undefined && { cursor: from }) })
      if (turn !== begun.value || !answer.ok) return
      sum = Math.min(mostCounted, sum + answer.value.count)
      from = answer.value.cursor
      const { more: isMore } = answer.value
      count.value = { count: sum, more: isMore }
      if (!isMore || sum >= mostCounted || stopped.value) return
    }
  }

  async function loadMore(): Promise<void> {
    if (!looking.value && more.value && !stopped.value && !full.value) await goOn(begun.value, leastMore)
  }

  /** What fits may be rare: each call looks for a moment only, so it is asked on and on. */
  async function goOn(turn: number, wanted: number): Promise<void> {
    looking.value = true
    const end = ids.value.length + wanted
    while (turn === begun.value && more.value && !stopped.value && !full.value && ids.value.length < end) {
      if (!(await nextPage(turn))) break
    }
    if (turn === begun.value) looking.value = false
  }

  async function nextPage(turn: number): Promise<boolean> {
    const from = cursor
    if (from === undefined) return false
    return held.track(async (told) => {
      const answer = await call('messages.list', { ...asked, before: null, cursor: from, limit: pageSize })
      if (turn !== begun.value) return false
      failure.value = answer.ok ? null : answer.error
      if (!answer.ok) return false
      const fresh = answer.value.messages.filter(({ id }) => !known.has(id))
      for (const { id } of fresh) known.add(id)
      ids.value = [...ids.value, ...fresh.map(({ id }) => id)]
      held.put(fresh, told)
      more.value = answer.value.more
      reached(answer.value)
      return true
    })
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
    await held.track(async (told) => {
      const answer = await call('messages.list', { ...asked, before: null, limit: pageSize })
      if (turn !== begun.value || !answer.ok) return
      const page = answer.value
      const fresh = page.messages.filter(({ id }) => !known.has(id))
      if (fresh.length === 0) return
      if (isReading()) {
        newer.value = { count: fresh.length, many: fresh.length === page.messages.length && page.more }
        return
      }
      showTop(page)
      void recount(turn)
      held.put(page.messages, told)
    })
  }

  /** The new top over what stands below it already; over nothing, where the two do not meet. */
  function showTop(page: MessagePage): void {
    const last = page.messages.at(-1)?.id
    const meets = last === undefined ? -1 : ids.value.indexOf(last)
    if (meets < 0 || !page.more) return replace(page)
    const top = page.messages.map(({ id }) => id)
    const own = new Set(top)
    const below = ids.value.slice(meets + 1).filter((id) => !own.has(id))
    ids.value = [...top, ...below]
    known = new Set(ids.value)
    newer.value = { count: 0, many: false }
  }

  /** The page says whether somebody reads; without an argument nobody does. */
  function readBy(reading: () => boolean = () => false): void {
    isReading = reading
  }
  /** Shows what waits once nobody reads any more. */
  function settle(): void {
    if (newer.value.count > 0 && !isReading()) turns.ask(true)
  }

  const turns = useTurns(look)
  onEvent('message.changed', (message) => {
    held.change(message)
    if (loaded.value && !known.has(message.id) && fitsLogFilter(message, asked)) turns.ask(false)
  })
  onEvent('bulk.changed', () => {
    if (!loaded.value) return
    turns.ask(false)
    refreshes.ask(false)
  })
  onEvent('host.resync', () => {
    if (!loaded.value) return
    turns.ask(true)
    refreshes.ask(true)
  })
  const refreshes = useTurns(held.refresh)

  return {
    ids,
    rows: held.rows,
    gone: held.gone,
    more,
    full,
    loaded,
    failure,
    filter,
    count,
    newer,
    looking,
    stopped,
    progress,
    place,
    begun,
    open,
    begin,
    loadMore,
    stop,
    lookOn,
    see: held.see,
    readBy,
    settle,
  }
})
