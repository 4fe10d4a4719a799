import { computed, shallowRef, type ComputedRef } from 'vue'

/** As many as one command takes. */
export const mostChosen = 500

export interface Chosen {
  ids: ComputedRef<string[]>
  has: (id: string) => boolean
  /** `toLast`: all between this one and the one before it, as with the Shift key. */
  toggle: (id: string, toLast: boolean) => void
  all: () => void
  clear: () => void
}

/** Rows that are chosen, in the order in which they are listed, `mostChosen` at most. */
export function useChosen(listed: () => readonly string[]): Chosen {
  const set = shallowRef<ReadonlySet<string>>(new Set())
  const ids = computed(() => listed().filter((id) => set.value.has(id)))
  let last: string | null = null

  const has = (id: string) => set.value.has(id)

  function put(wanted: readonly string[]): void {
    const all = new Set([...set.value].filter((id) => listed().includes(id)).concat(wanted))
    set.value = new Set([...all].slice(0, mostChosen))
  }

  function toggle(id: string, toLast: boolean): void {
    const between = toLast && last !== null && !has(id) ? rangeOf(listed(), last, id) : []
    if (between.length > 0) put(between)
    else if (has(id)) set.value = new Set([...set.value].filter((other) => other !== id))
    else put([id])
    last = id
  }

  function clear(): void {
    set.value = new Set()
    last = null
  }

  return { ids, has, toggle, all: () => put(listed()), clear }
}

function rangeOf(list: readonly string[], one: string, other: string): readonly string[] {
  const [from, to] = [list.indexOf(one), list.indexOf(other)]
  return from < 0 || to < 0 ? [] : list.slice(Math.min(from, to), Math.max(from, to) + 1)
}
