import { computed } from 'vue'
import { defineStore } from 'pinia'
import type { Provider, ProviderInput, ProviderSummary } from '#shared/provider.ts'
import type { CommandInput } from '#shared/contract.ts'
import type { PreviewInput } from '#shared/provider-tools.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Answer } from '../../lib/failure.ts'
import { fetchedList } from '../../lib/fetched-list.ts'

const get = (id: string) => call('providers.get', { id })
const lastValues = (providerId: string) => call('messages.lastValues', { providerId })
const preview = (input: PreviewInput) => call('providers.preview', input)
const revealSecret = (id: string, name: string) => call('providers.revealSecret', { id, name })

const impact = (id: string) => call('providers.impact', { id })
const exportFile = (ids: string[] | null, passphrase: string | null) =>
  call('providers.export', { ids, passphrase })
const readFile = (text: string) => call('providers.readFile', { text })

/** The Providers page's list. Whole providers are fetched when a form opens, and not kept. */
export const useProviders = defineStore('providers', () => {
  const { list, loaded, failure, load, again, refreshed } = fetchedList<ProviderSummary>(() =>
    call('providers.list'),
  )

  /** Those that can be chosen: archived ones cannot. */
  const active = computed(() => list.value.filter(({ archivedAt }) => archivedAt === null))
  const byDefault = computed(
    () => active.value.find((provider) => provider.isDefault) ?? active.value[0] ?? null,
  )
  const byId = (id: string) => list.value.find((provider) => provider.id === id) ?? null

  async function save(input: ProviderInput): Promise<Answer<Provider>> {
    return refreshed(await call('providers.save', input))
  }
  async function duplicate(id: string): Promise<Answer<Provider>> {
    return refreshed(await call('providers.duplicate', { id }))
  }
  async function setDefault(id: string): Promise<Answer<null>> {
    return refreshed(await call('providers.setDefault', { id }))
  }

  async function resetBreaker(id: string): Promise<Answer<null>> {
    return refreshed(await call('providers.resetBreaker', { id }))
  }

  async function archive(id: string) {
    return refreshed(await call('providers.archive', { id }))
  }
  async function remove(id: string, name: string) {
    return refreshed(await call('providers.delete', { id, name }))
  }
  async function importFile(input: CommandInput<'providers.import'>) {
    return refreshed(await call('providers.import', input))
  }

  /** Answers with the first message's id. */
  async function tryOffline(): Promise<Answer<{ providerId: string; messageId: string }>> {
    return refreshed(await call('tour.start'))
  }

  onEvent('providers.changed', again)
  // The figures and the last verdict change with an outcome, not with each phase before it.
  onEvent('message.changed', ({ outcomeClass }) => outcomeClass !== null && again())
  onEvent('host.resync', again)

  return {
    list,
    active,
    loaded,
    failure,
    byDefault,
    byId,
    load,
    get,
    save,
    duplicate,
    setDefault,
    resetBreaker,
    impact,
    archive,
    remove,
    exportFile,
    readFile,
    importFile,
    lastValues,
    preview,
    revealSecret,
    tryOffline,
  }
})
