import { ref } from 'vue'
import type { SortState } from './table-column.ts'

/** What a table is sorted by: its name at first; by the same column again the other way round. */
export function useColumnSort(beginsDescending: (key: string) => boolean) {
  const sort = ref<SortState>({ key: 'name', descending: false })

  function sortBy(key: string): void {
    const again = sort.value.key === key
    sort.value = { key, descending: again ? !sort.value.descending : beginsDescending(key) }
  }

  return { sort, sortBy }
}
