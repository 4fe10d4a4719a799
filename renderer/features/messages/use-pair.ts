import { computed, ref, type ComputedRef, type Ref } from 'vue'

export interface Pair {
  ids: Ref<string[]>
  full: ComputedRef<boolean>
  has: (id: string) => boolean
  toggle: (id: string) => void
  clear: () => void
}

/** Up to two messages that are chosen to be compared, in the order in which they were. */
export function usePair(): Pair {
  const ids = ref<string[]>([])
  const full = computed(() => ids.value.length === 2)
  const has = (id: string) => ids.value.includes(id)

  function toggle(id: string): void {
    if (has(id)) ids.value = ids.value.filter((chosen) => chosen !== id)
    else if (!full.value) ids.value = [...ids.value, id]
  }
  return { ids, full, has, toggle, clear: () => (ids.value = []) }
}
