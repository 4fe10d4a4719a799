import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { VendorForm, VendorSummary } from '#shared/catalogue/entry.ts'
import { genericKind, type ProviderKind } from '#shared/provider.ts'
import type { SimulatedVendor } from '#shared/simulator.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Answer, Failure } from '../../lib/failure.ts'

export const genericName = 'Other (Generic)'

/** The vendors that a provider can be made for. A vendor's own facts are fetched when its form opens, once. */
export const useCatalogue = defineStore('catalogue', () => {
  const list = shallowRef<VendorSummary[]>([])
  const loaded = ref(false)
  const failure = ref<Failure | null>(null)
  const forms = shallowRef<Record<string, VendorForm>>({})
  const simulated = shallowRef<SimulatedVendor[] | null>(null)
  let loading: Promise<void> | undefined

  const byId = computed(() => new Map(list.value.map((vendor) => [vendor.id, vendor])))
  const summaryOf = (kind: ProviderKind) => byId.value.get(kind) ?? null
  /** The vendor's name; its id where the catalogue does not know it. */
  const nameOf = (kind: ProviderKind) =>
    kind === genericKind ? genericName : (summaryOf(kind)?.name ?? kind)

  function load(): Promise<void> {
    loading ??= fetchList().finally(() => (loading = undefined))
    return loading
  }

  async function fetchList(): Promise<void> {
    const answer = await call('catalogue.list')
    failure.value = answer.ok ? null : answer.error
    if (!answer.ok) return
    list.value = answer.value
    loaded.value = true
  }

  const known = (id: ProviderKind) => forms.value[id] ?? null

  async function get(id: ProviderKind): Promise<Answer<VendorForm>> {
    const there = known(id)
    if (there) return { ok: true, value: there }
    const answer = await call('catalogue.get', { id })
    if (answer.ok) forms.value = { ...forms.value, [id]: answer.value }
    return answer
  }

  /** How the simulator imitates the vendors; asked for once, and again after a failure. */
  async function loadSimulated(): Promise<void> {
    if (simulated.value) return
    const answer = await call('simulator.vendors')
    if (answer.ok) simulated.value = answer.value
  }

  onEvent('host.resync', () => failure.value && void load())

  return { list, loaded, failure, simulated, summaryOf, nameOf, load, known, get, loadSimulated }
})
