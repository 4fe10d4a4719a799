import { ref, type Ref } from 'vue'
import type { Row } from '#shared/settings.ts'
import { plural } from '../../../lib/format.ts'
import { newRow, type FormRow } from '../form-state.ts'

export interface RowsNote {
  text: string
  action: { label: string; run: () => void } | null
}

/** What can be done to a table of rows. Rows are changed in place, as the form holds them. */
export function useRows(rows: Readonly<Ref<FormRow[]>>, what: string) {
  /** Shown below the table, with the way back. */
  const note = ref<RowsNote | null>(null)
  /** Only for screen readers. */
  const said = ref('')

  const labelOf = (row: FormRow | undefined, index: number) => `${what} ${row?.name || index + 1}`
  const isEmpty = (row: FormRow | undefined) => row !== undefined && row.name === '' && row.value === ''
  const put = (all: readonly FormRow[]) => rows.value.splice(0, rows.value.length, ...all)

  /** The undo keeps what was added since. */
  function withUndo(text: string, change: () => void): void {
    const before = [...rows.value]
    change()
    const known = new Set([...before, ...rows.value].map(({ id }) => id))
    const undo = () => {
      put([...before, ...rows.value.filter(({ id }) => !known.has(id))])
      note.value = null
      said.value = 'Undone'
    }
    note.value = { text, action: { label: 'Undo', run: undo } }
  }

  function add(): number {
    return rows.value.push(newRow()) - 1
  }

  function remove(index: number): void {
    withUndo(`${labelOf(rows.value[index], index)} deleted`, () => rows.value.splice(index, 1))
  }

  function clear(): void {
    withUndo(`${plural(rows.value.length, 'row')} deleted`, () => put([]))
  }

  function duplicate(index: number): void {
    const row = rows.value[index]
    if (!row) return
    rows.value.splice(index + 1, 0, newRow({ name: row.name, value: row.value, enabled: row.enabled }))
    said.value = `${labelOf(row, index)} duplicated`
  }

  function move(from: number, to: number): boolean {
    if (to < 0 || to >= rows.value.length || from === to) return false
    const [row] = rows.value.splice(from, 1)
    if (row) rows.value.splice(to, 0, row)
    said.value = `${labelOf(row, to)} moved to row ${to + 1} of ${rows.value.length}`
    return true
  }

  /** In place of an empty row, else below it; answers with the last one's place. */
  function insert(index: number, pasted: readonly Row[]): number {
    const replaces = isEmpty(rows.value[index])
    withUndo(`${plural(pasted.length, 'row')} pasted`, () => {
      rows.value.splice(replaces ? index : index + 1, replaces ? 1 : 0, ...pasted.map(newRow))
    })
    return index + pasted.length - (replaces ? 1 : 0)
  }

  return { note, said, labelOf, isEmpty, put, add, remove, clear, duplicate, move, insert }
}
