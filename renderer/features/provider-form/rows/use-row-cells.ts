import { nextTick, type Ref } from 'vue'
import { plural } from '../../../lib/format.ts'
import type { FormRow } from '../form-state.ts'
import { pastedRows } from './pasted-rows.ts'
import type { useRows } from './use-rows.ts'

type Cell = 'name' | 'value'
interface Place {
  index: number
  cell: Cell | null
  row: HTMLElement
}

/** Keys and pasting in a table of rows: Tab and Enter go on to the next cell or row, and make one where none is. */
export function useRowCells(
  box: Readonly<Ref<HTMLElement | null>>,
  rows: Readonly<Ref<FormRow[]>>,
  table: ReturnType<typeof useRows>,
) {
  function placeOf(event: Event): Place | null {
    const target = event.target as HTMLElement
    const row = target.closest<HTMLElement>('[data-row]')
    if (!row) return null
    const cell = target.closest<HTMLElement>('[data-cell]')?.dataset['cell']
    return {
      index: Number(row.dataset['row']),
      cell: cell === 'name' || cell === 'value' ? cell : null,
      row,
    }
  }

  async function focus(index: number, cell: Cell): Promise<void> {
    await nextTick()
    const place = box.value?.querySelector(`[data-row="${index}"] [data-cell="${cell}"]`)
    place?.querySelector<HTMLElement>('input, textarea, button')?.focus()
  }

  function addAfterLast({ index }: Place): boolean {
    if (index < rows.value.length - 1 || table.isEmpty(rows.value[index])) return false
    table.add()
    return true
  }

  /**
   * Past the last value a row is opened, even if something is proposed below that value: whoever types on wants the
   * next row. An empty row lets the focus go on, so that it is not caught here.
   */
  function onTab(event: KeyboardEvent, place: Place): void {
    const target = event.target as HTMLElement
    const stops = place.row.querySelectorAll('input, textarea, button:not([tabindex="-1"])')
    const atEnd =
      target === [...stops].at(-1) || (place.cell === 'value' && target.matches('input, textarea'))
    if (event.shiftKey || !atEnd || !addAfterLast(place)) return
    event.preventDefault()
    void focus(place.index + 1, 'name')
  }

  function onEnter(event: KeyboardEvent, place: Place): void {
    const { cell, index } = place
    const typing = (event.target as HTMLElement).matches('input:not([type="checkbox"]), textarea')
    if (!cell || !typing || event.shiftKey || event.ctrlKey || event.metaKey || event.isComposing) return
    event.preventDefault()
    const made = addAfterLast(place)
    if (made || index < rows.value.length - 1) void focus(index + 1, made ? 'name' : cell)
  }

  function onKey(
    event: KeyboardEvent,
    openMenu: (index: number, at: { x: number; y: number }) => void,
  ): void {
    const place = placeOf(event)
    if (!place) return
    if (event.key === 'Tab') onTab(event, place)
    else if (event.key === 'Enter') onEnter(event, place)
    else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      event.preventDefault()
      const { left, bottom } = (event.target as HTMLElement).getBoundingClientRect()
      openMenu(place.index, { x: left + 8, y: bottom + 2 })
    } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault()
      const to = place.index + (event.key === 'ArrowUp' ? -1 : 1)
      if (table.move(place.index, to)) void focus(to, place.cell ?? 'name')
    }
  }

  function onPaste(event: ClipboardEvent): void {
    const place = placeOf(event)
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (!place?.cell || text === '' || !(event.target as HTMLElement).matches('.name, textarea')) return
    const { index, cell } = place
    const pasted = pastedRows(text, { cell, emptyRow: table.isEmpty(rows.value[index]) })
    if (pasted) {
      event.preventDefault()
      void focus(table.insert(index, pasted), 'value')
    } else if (cell === 'value') offerRows(index, text)
  }

  /** Lines pasted into a value stay one value, but may have been meant as rows. */
  function offerRows(index: number, text: string): void {
    const meant = pastedRows(text, { cell: 'value', emptyRow: true })
    const row = rows.value[index]
    if (!meant || !row) return
    const { value: before } = row
    const run = () => {
      row.value = before
      void focus(table.insert(index, meant), 'value')
    }
    table.note.value = {
      text: 'Pasted as one value.',
      action: { label: `Make ${plural(meant.length, 'row')} of it`, run },
    }
  }

  return { focus, onKey, onPaste }
}
