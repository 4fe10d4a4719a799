import { computed, ref, watch, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { ReceivedMessage } from '#shared/simulator.ts'
import { useRequests } from './requests-store.ts'

/** The request whose detail is open. Its id stands in the address, so that Back closes it. */
export function useOpenRequest(shown: ComputedRef<ReceivedMessage[]>) {
  const requests = useRequests()
  const route = useRoute()
  const router = useRouter()
  const id = computed(() => (typeof route.query['request'] === 'string' ? route.query['request'] : null))
  // Kept by itself, so that it can be read to its end though the list has let go of it.
  const open = ref<ReceivedMessage | null>(null)
  const at = computed(() => shown.value.findIndex((message) => message.id === id.value))

  watch(
    [id, () => requests.list],
    ([wanted, list]) => {
      const found = wanted === null ? undefined : list.find((message) => message.id === wanted)
      open.value = found ?? (open.value?.id === wanted ? open.value : null)
    },
    { immediate: true },
  )

  const newer = computed(() => shown.value[at.value - 1]?.id ?? null)
  const older = computed(() => (at.value < 0 ? null : (shown.value[at.value + 1]?.id ?? null)))

  function show(wanted: string): void {
    const to = { query: { ...route.query, request: wanted } }
    void (id.value === null ? router.push(to) : router.replace(to))
  }

  async function close(): Promise<void> {
    const { request: _request, ...query } = route.query
    await router.push({ query })
  }

  return { id, open, at, newer, older, show, close }
}
