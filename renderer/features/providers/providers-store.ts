import { computed, ref } from 'vue'
import { defineStore } from 'pinia'
import type { Provider, ProviderInput, ProviderSummary } from '#shared/provider.ts'
import type { CommandInput } from '#shared/contract.ts'
import type { PreviewInput } from '#shared/provider-tools.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Answer, Failure } from '../../lib/failure.ts'

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
  const list = ref<ProviderSummary[]>([])
  const loaded = ref(false)
  const failure = ref<Failure | null>(null)
  let loading: Promise<void> | undefined
  let stale = false

  /** Those that can be chosen: archived ones cannot. */
  const active = computed(() => list.value.filter(({ archivedAt }) => archivedAt === null))
  const byDefault = computed(
    () => active.value.find((provider) => provider.isDefault) ?? active.value[0] ?? null,
  )
  const byId = (id: string) => list.value.find((provider) => provider.id === id) ?? null

  /** Changes that come while a list is on its way ask for one more, never for many. */
  function load(): Promise<void> {
    if (loading) {
      stale = true
      return loading
    }
    loading = fetchList().finally(() => {
      loading = undefined
      if (!stale) return
      stale = false
      void load()
    })
    return loading
  }

  async function fetchList(): Promise<void> {
    const answer = await call('providers.list')
    if (!answer.ok) {
      failure.value = answer.error
      return
    }
    failure.value = null
    loaded.value = true
    list.value = answer.value
  }

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

  async function refreshed<T>(answer: Answer<T>): Promise<Answer<T>> {
    if (answer.ok) await load()
    return answer
  }

  /** Answers with the first message's id. */
  async function tryOffline(): Promise<Answer<{ providerId: string; messageId: string }>> {
    return refreshed(await call('tour.start'))
  }

  onEvent('providers.changed', () => loaded.value && void load())
  onEvent('message.changed', (summary) => {
    // The figures and the last verdict change with an outcome, not with each phase before it.
    if (loaded.value && summary.outcomeClass !== null) void load()
  })
  onEvent('host.resync', () => loaded.value && void load())

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
