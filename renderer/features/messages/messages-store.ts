import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { MessageSummary, SettledAs } from '#shared/message.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Failure } from '../../lib/failure.ts'
import { everyMessage, fitsFilter, sameFilter, type MessageFilter } from './message-filter.ts'

const pageSize = 100

const get = (id: string) => call('messages.get', { id })
const recentTests = (providerId: string | null) => listOf({ providerId, test: true }, null, 30)
const runs = (id: string) => call('messages.runs', { id })
const settle = (id: string, as: SettledAs) => call('messages.settle', { id, as })
const stopWaiting = (id: string) => call('messages.cancel', { key: id })
const revealRequest = (attemptId: string) => call('messages.revealRequest', { attemptId })

/** The newest messages that fit, or the next older ones. */
function listOf({ providerId, test }: MessageFilter, before: string | null, limit = pageSize) {
  return call('messages.list', { providerId, before, limit, ...(test === null ? {} : { test }) })
}

/** Calls back whenever that message changes; answers with the function that ends it. */
function watchMessage(id: () => string | null, changed: () => void): () => void {
  const ends = [
    onEvent('message.changed', (event) => event.id === id() && changed()),
    onEvent('host.resync', changed),
  ]
  return () => ends.forEach((end) => end())
}

/**
 * The message log, newest first. Messages that come while the reader is further down wait in `arrived`, so that the
 * lines under the eye stay where they are.
 */
export const useMessages = defineStore('messages', () => {
  const list = ref<MessageSummary[]>([])
  const arrived = ref<MessageSummary[]>([])
  const more = ref(true)
  const loaded = ref(false)
  const failure = ref<Failure | null>(null)
  const holding = ref(false)
  const filter = shallowRef<MessageFilter>(everyMessage)
  let loading = false
  /** Grows with each list that begins: an answer about the one before is dropped. */
  let begun = 0

  /** With another filter the list begins anew; an answer for a filter that has gone since is dropped. */
  async function loadFirst(wanted: MessageFilter = filter.value): Promise<void> {
    if (!sameFilter(wanted, filter.value)) {
      loaded.value = false
      list.value = []
      arrived.value = []
    }
    filter.value = wanted
    begun += 1
    const turn = begun
    const answer = await listOf(wanted, null)
    if (turn !== begun) return
    failure.value = answer.ok ? null : answer.error
    if (!answer.ok) return
    list.value = answer.value.messages
    arrived.value = []
    more.value = answer.value.more
    loaded.value = true
  }

  async function loadMore(): Promise<void> {
    const last = list.value.at(-1)
    if (loading || !more.value || !last) return
    loading = true
    const turn = begun
    const answer = await listOf(filter.value, last.id)
    loading = false
    if (turn !== begun) return
    if (!answer.ok) {
      failure.value = answer.error
      return
    }
    const known = new Set(list.value.map((message) => message.id))
    list.value = [...list.value, ...answer.value.messages.filter((message) => !known.has(message.id))]
    more.value = answer.value.more
  }

  function take(summary: MessageSummary): void {
    if (replaceIn(list.value, summary) || replaceIn(arrived.value, summary)) return
    if (!fitsFilter(summary, filter.value)) return
    // An older message that is not loaded yet comes with its page.
    const newest = list.value[0]
    if (newest && summary.createdAt < newest.createdAt) return
    if (holding.value) arrived.value = [summary, ...arrived.value]
    else list.value = [summary, ...list.value]
  }

  /** Holds new messages back while the reader is not at the top. */
  function hold(wanted: boolean): void {
    holding.value = wanted
    if (!wanted) showArrived()
  }

  function showArrived(): void {
    if (arrived.value.length === 0) return
    list.value = [...arrived.value, ...list.value]
    arrived.value = []
  }

  onEvent('message.changed', (summary) => loaded.value && take(summary))
  onEvent('host.resync', () => loaded.value && void loadFirst())

  return {
    list,
    arrived,
    more,
    loaded,
    failure,
    filter,
    loadFirst,
    loadMore,
    hold,
    showArrived,
    get,
    runs,
    settle,
    stopWaiting,
    recentTests,
    revealRequest,
    watchMessage,
  }
})

function replaceIn(messages: MessageSummary[], summary: MessageSummary): boolean {
  const at = messages.findIndex((message) => message.id === summary.id)
  if (at < 0) return false
  messages[at] = summary
  return true
}
