import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { Conversation } from '#shared/callbacks/conversation.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Answer, Failure } from '../../lib/failure.ts'
import { useTurns } from '../../lib/turns.ts'
import { inPlace, movedUp, onTop } from './newest-conversations.ts'

export type ListView = 'all' | 'optedOut'
type Page = { conversations: Conversation[]; more: boolean }
type Fetch = () => Promise<Answer<Page>>

const pageSize = 100
/** Rows that one wish for more brings, where there are so many. */
const leastMore = 40

/**
 * Numbers, the newest activity first. What comes while somebody reads changes the rows where they stand, and is counted
 * in `newer`.
 */
export const useConversations = defineStore('conversations', () => {
  const rows = shallowRef<readonly Conversation[]>([])
  const view = ref<ListView>('all')
  const search = ref('')
  const loaded = ref(false)
  const looking = ref(false)
  const more = ref(true)
  const newer = ref(0)
  const failure = ref<Failure | null>(null)
  let next: Fetch = pagesOf('all', '')
  let isReading = () => false
  /** Grows with each list that begins: an answer about the one before is dropped. */
  let begun = 0

  async function open(wanted: ListView, words: string): Promise<void> {
    if (loaded.value && wanted === view.value && words === search.value) return turns.ask(true)
    view.value = wanted
    search.value = words
    loaded.value = false
    await begin()
  }

  async function begin(): Promise<void> {
    begun += 1
    next = pagesOf(view.value, search.value)
    more.value = true
    await goOn(begun, true)
  }

  /** What is looked for may be rare: each call looks for a moment only, so it is asked on and on. */
  async function goOn(turn: number, anew: boolean): Promise<void> {
    looking.value = true
    const end = anew ? leastMore : rows.value.length + leastMore
    for (let isFirst = anew; ; isFirst = false) {
      const answer = await next()
      if (turn !== begun) return
      failure.value = answer.ok ? null : answer.error
      if (!answer.ok) break
      take(answer.value, isFirst)
      if (!more.value || rows.value.length >= end) break
    }
    looking.value = false
  }

  function take(page: Page, isFirst: boolean): void {
    rows.value = isFirst ? page.conversations : inPlace(rows.value, page.conversations)
    if (isFirst) newer.value = 0
    loaded.value = true
    more.value = page.more
  }

  async function loadMore(): Promise<void> {
    if (!looking.value && more.value) await goOn(begun, false)
  }

  /** Brings the newest up to date, without moving what somebody reads. */
  async function look(): Promise<void> {
    const turn = begun
    const answer = await pagesOf(view.value, search.value)()
    if (turn !== begun || !answer.ok || !loaded.value) return
    const { conversations, more: isMore } = answer.value
    const known = new Set(rows.value.map(({ number }) => number))
    const meets = !isMore || conversations.some(({ number }) => known.has(number))
    if (isReading()) {
      newer.value = meets ? movedUp(rows.value, conversations) : conversations.length
      rows.value = inPlace(rows.value, conversations, false)
      return
    }
    // Where so much came that the two do not meet, the list begins anew.
    if (!meets || (view.value === 'optedOut' && rows.value.length <= pageSize)) return begin()
    rows.value = onTop(rows.value, conversations)
    newer.value = 0
  }
  const turns = useTurns(look)

  /** Shows what waits, unless somebody reads. */
  function settle(): void {
    if (newer.value > 0 && !isReading()) void begin()
  }

  /** The page says whether somebody reads; without an argument nobody looks at all. */
  let isOpen = false
  function readBy(reading?: () => boolean): void {
    isOpen = reading !== undefined
    isReading = reading ?? (() => false)
  }

  const again = () => void (isOpen && loaded.value && turns.ask(false))
  onEvent('conversations.changed', again)
  onEvent('message.changed', again)
  onEvent('callbacks.changed', again)
  onEvent('host.resync', again)

  const isEmpty = computed(() => loaded.value && rows.value.length === 0 && !more.value)
  return { rows, view, loaded, looking, more, newer, failure, isEmpty, open, begin, loadMore, settle, readBy }
})

/** Answers with the next page each time. */
function pagesOf(view: ListView, search: string): Fetch {
  if (view === 'optedOut') {
    let after: { at: number; number: string } | null = null
    return async () => {
      const answer = await call('conversations.optOuts', { search, after, limit: pageSize })
      const last = answer.ok ? answer.value.conversations.at(-1) : undefined
      if (last) after = { at: last.optedOut?.at ?? last.at, number: last.number }
      return answer
    }
  }
  let cursor: { message: number; reply: number } | null = null
  return async () => {
    const answer = await call('conversations.list', { search, cursor, limit: pageSize })
    if (answer.ok) ({ cursor } = answer.value)
    return answer
  }
}
