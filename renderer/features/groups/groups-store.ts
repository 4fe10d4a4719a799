import { computed } from 'vue'
import { defineStore } from 'pinia'
import type { Group, GroupInput, GroupSummary } from '#shared/group.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Answer } from '../../lib/failure.ts'
import { fetchedList } from '../../lib/fetched-list.ts'

const get = (id: string) => call('groups.get', { id })

/** The Provider Groups page's list. A whole group is fetched when its form opens, and not kept. */
export const useGroups = defineStore('groups', () => {
  const { list, loaded, failure, load, again, refreshed } = fetchedList<GroupSummary>(() =>
    call('groups.list'),
  )
  const byId = (id: string) => list.value.find((group) => group.id === id) ?? null

  /** The group that a country's numbers go through. */
  const routing = computed(
    () => new Map(list.value.flatMap((group) => group.countries.map((code) => [code, group] as const))),
  )

  async function save(input: GroupInput): Promise<Answer<Group>> {
    return refreshed(await call('groups.save', input))
  }
  async function duplicate(id: string): Promise<Answer<Group>> {
    return refreshed(await call('groups.duplicate', { id }))
  }
  async function setDefault(id: string): Promise<Answer<null>> {
    return refreshed(await call('groups.setDefault', { id }))
  }
  async function remove(id: string): Promise<Answer<null>> {
    return refreshed(await call('groups.delete', { id }))
  }

  /** Calls back when that group may have changed; answers with the function that ends it. */
  function watchGroup(id: () => string | null, changed: () => void): () => void {
    const ends = [
      onEvent('groups.changed', (event) => {
        if (event.id === null || event.id === id()) changed()
      }),
      onEvent('host.resync', changed),
    ]
    return () => ends.forEach((end) => end())
  }

  onEvent('groups.changed', again)
  // Names, states and the default are the providers' as well; an outcome changes figures, flags and breakers.
  onEvent('providers.changed', again)
  onEvent('message.changed', ({ outcomeClass }) => outcomeClass !== null && again())
  onEvent('host.resync', again)

  return {
    list,
    loaded,
    failure,
    byId,
    routing,
    load,
    get,
    save,
    duplicate,
    setDefault,
    remove,
    usesOf: (id: string) => call('groups.uses', { id }),
    watchGroup,
  }
})
