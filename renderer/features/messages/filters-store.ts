import { ref } from 'vue'
import { defineStore } from 'pinia'
import type { SavedFilter } from '#shared/message-log.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Answer, Failure } from '../../lib/failure.ts'

/** Filters of the message log under a name, by name. */
export const useFilters = defineStore('message-filters', () => {
  const list = ref<SavedFilter[]>([])
  const loaded = ref(false)
  const failure = ref<Failure | null>(null)

  async function load(): Promise<void> {
    const answer = await call('filters.list')
    failure.value = answer.ok ? null : answer.error
    if (!answer.ok) return
    list.value = answer.value
    loaded.value = true
  }

  async function save(filter: SavedFilter): Promise<Answer<SavedFilter>> {
    return refreshed(await call('filters.save', filter))
  }
  async function remove(id: string): Promise<Answer<null>> {
    return refreshed(await call('filters.delete', { id }))
  }
  async function refreshed<T>(answer: Answer<T>): Promise<Answer<T>> {
    if (answer.ok) await load()
    return answer
  }

  onEvent('filters.changed', () => loaded.value && void load())
  onEvent('host.resync', () => loaded.value && void load())

  return { list, loaded, failure, load, save, remove }
})
