import { computed, ref, type Ref } from 'vue'
import { replaceSpots, type UnicodeSpot } from '#shared/plain-text.ts'

/** Replacements in a text box that its own undo takes back, and an Undo for those who look for a button. */
export function useTextEdits(box: Ref<HTMLTextAreaElement | null>) {
  const last = ref<{ before: string; after: string; count: number } | null>(null)
  const current = () => box.value?.value ?? ''

  /** The spots lie in the text's order. */
  function replace(spots: UnicodeSpot[]): void {
    const [first, end] = [spots[0], spots.at(-1)]
    if (!box.value || !first || !end) return
    const before = current()
    const after = replaceSpots(before, spots)
    const kept = before.length - end.to
    typeOver(box.value, first.from, end.to, after.slice(first.from, after.length - kept))
    last.value = { before, after, count: spots.length }
  }

  function undo(): void {
    const { before, after } = last.value ?? { before: '', after: null }
    if (box.value && current() === after) typeOver(box.value, 0, after.length, before)
    last.value = null
  }

  function select(spot: UnicodeSpot): void {
    box.value?.focus()
    box.value?.setSelectionRange(spot.from, spot.to)
  }

  /** Only as long as nothing else was typed since. */
  const undoable = (text: Ref<string>) =>
    computed(() => (last.value && last.value.after === text.value ? last.value : null))

  return { replace, undo, select, undoable }
}

/** `execCommand` is the only way to type into a box so that Ctrl+Z knows of it; where it is gone, undo loses one step. */
function typeOver(box: HTMLTextAreaElement, from: number, to: number, by: string): void {
  box.focus()
  box.setSelectionRange(from, to)
  const typed = by === '' ? document.execCommand('delete') : document.execCommand('insertText', false, by)
  if (typed) return
  box.setRangeText(by, from, to, 'end')
  box.dispatchEvent(new Event('input', { bubbles: true }))
}
