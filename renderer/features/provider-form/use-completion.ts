import { computed, ref, type Ref } from 'vue'
import { completions } from './form-hints.ts'

type TextBox = HTMLInputElement | HTMLTextAreaElement

/** Proposes what may be filled in while `$$` or `{{` and a part of a name stand before the caret. */
export function useCompletion(
  box: Readonly<Ref<TextBox | null>>,
  replace: (from: number, to: number, text: string) => void,
) {
  const typed = ref<string | null>(null)
  const active = ref(0)
  const found = computed(() => {
    const { value } = typed
    if (value === null) return []
    const wanted = value.toLowerCase()
    return completions.filter(({ text }) => text.toLowerCase().startsWith(wanted) && text !== value)
  })

  function look(): void {
    const before = box.value?.value.slice(0, box.value.selectionStart ?? 0) ?? ''
    typed.value = /(?:\$\$(?:[A-Za-z]\w*)?|\{\{\w*)$/.exec(before)?.[0] ?? null
    active.value = 0
  }

  function close(): void {
    typed.value = null
  }

  function pick(text: string | undefined): void {
    const at = box.value?.selectionStart ?? 0
    if (text === undefined || typed.value === null) return
    replace(at - typed.value.length, at, text)
    close()
  }

  /** True when the key was meant for the list. */
  function takesKey(event: KeyboardEvent): boolean {
    if (found.value.length === 0 || event.ctrlKey || event.metaKey) return false
    const { length } = found.value
    if (event.key === 'ArrowDown') active.value = (active.value + 1) % length
    else if (event.key === 'ArrowUp') active.value = (active.value - 1 + length) % length
    else if (event.key === 'Enter') pick(found.value[active.value]?.text)
    else if (event.key === 'Escape') close()
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  return { found, active, look, close, pick, takesKey }
}
