import { nextTick, type Ref } from 'vue'
import { useFaults } from './faults-store.ts'
import type { useFaultList } from './use-fault-list.ts'

/** What the keyboard and a fault's menu do to the list, and where the focus goes then. */
export function useFaultKeys(
  box: Readonly<Ref<HTMLElement | null>>,
  list: ReturnType<typeof useFaultList>,
  openMenu: (index: number, at: { x: number; y: number }) => void,
) {
  const faults = useFaults()

  async function focusOn(index: number, what = 'input[role="combobox"]'): Promise<void> {
    await nextTick()
    const line = box.value?.querySelector<HTMLElement>(`[data-row="${index}"]`)
    const element = line?.querySelector<HTMLElement>(what) ?? box.value?.querySelector<HTMLElement>('.add')
    element?.focus()
    // As Tab does: what is typed then takes the place of what is there.
    if (element instanceof HTMLInputElement) element.select()
  }

  async function choose(key: string, index: number): Promise<void> {
    const draft = faults.drafts[index]
    if (!draft) return
    if (key === 'switch') {
      draft.enabled = !draft.enabled
      await faults.save()
    } else if (key === 'remove') {
      list.remove(index)
      await focusOn(Math.min(index, faults.drafts.length - 1))
    } else if (key === 'duplicate') {
      list.duplicate(index)
      await focusOn(index + 1)
    } else {
      const to = index + (key === 'up' ? -1 : 1)
      if (list.move(index, to)) await focusOn(to)
    }
  }

  function onKey(event: KeyboardEvent): void {
    const target = event.target as HTMLElement
    const line = target.closest<HTMLElement>('[data-row]')
    if (!line) return
    const index = Number(line.dataset['row'])
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      const to = index + (event.key === 'ArrowUp' ? -1 : 1)
      // The element goes along with its line, but moving it costs it the focus.
      if (list.move(index, to)) void nextTick(() => target.focus())
    } else if (event.shiftKey && event.key === 'F10') {
      const { left, bottom } = target.getBoundingClientRect()
      openMenu(index, { x: left, y: bottom + 2 })
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  return { focusOn, choose, onKey }
}
