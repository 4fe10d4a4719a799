import { ref, type Ref } from 'vue'
import { itemForKey, type MenuItem } from './menu-item.ts'

export interface RowActions<T> {
  itemsFor: (row: T) => MenuItem[]
  run: (key: string, row: T) => void | Promise<void>
}

/** The menu of a table's rows: at the ellipsis, at the pointer, and by its keys for the row that has the focus. */
export function useRowActions<T>(rows: Readonly<Ref<readonly T[]>>, { itemsFor, run }: RowActions<T>) {
  const menu = ref(null) as Ref<{ row: T; at: { x: number; y: number } } | null>

  function openAt(row: T, at: { x: number; y: number }): void {
    menu.value = { row, at }
  }

  function openBelow(row: T, event: MouseEvent): void {
    const place = (event.currentTarget as HTMLElement).getBoundingClientRect()
    openAt(row, { x: place.right - 180, y: place.bottom + 2 })
  }

  function close(): void {
    menu.value = null
  }

  function choose(key: string): void {
    if (menu.value) void run(key, menu.value.row)
  }

  function onKey(event: KeyboardEvent): void {
    const element = event.target instanceof HTMLElement && event.target.matches('tr') ? event.target : null
    const row = rows.value[Number(element?.dataset['index'] ?? -1)]
    const item = row && itemForKey(event, itemsFor(row))
    if (!row || !item) return
    event.preventDefault()
    // Where it is not allowed nothing happens, rather than what the key means elsewhere on the page.
    event.stopPropagation()
    if (!item.disabled) void run(item.key, row)
  }

  return { menu, openAt, openBelow, close, choose, onKey }
}
