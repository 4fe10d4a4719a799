import { nextTick, ref, watch, type Ref } from 'vue'
import { useEventListener } from '@vueuse/core'

const nearPx = 60

/**
 * Keeps a list that grows at both ends where it is read: at its end it follows the end, elsewhere what is seen stays. `ids`
 * are those of its entries; `reachedTop` is called near the beginning.
 */
export function useThreadScroll(
  box: Ref<HTMLElement | null>,
  ids: () => readonly string[],
  reachedTop: () => void,
) {
  const atEnd = ref(true)
  /** That came below, unseen. */
  const unseen = ref(0)

  function toEnd(): void {
    const view = box.value
    if (view) view.scrollTop = view.scrollHeight
    note()
  }

  function note(): void {
    const view = box.value
    if (!view) return
    atEnd.value = view.scrollHeight - view.scrollTop - view.clientHeight < nearPx
    if (atEnd.value) unseen.value = 0
    if (view.scrollTop < nearPx * 4) reachedTop()
  }
  useEventListener(box, 'scroll', note, { passive: true })

  watch(ids, async (now, before) => {
    const view = box.value
    const follows = before.length === 0 || atEnd.value
    const [height, top] = [view?.scrollHeight ?? 0, view?.scrollTop ?? 0]
    const grewAbove = now[0] !== before[0] && before.length > 0
    const last = now.lastIndexOf(before.at(-1) ?? '')
    await nextTick()
    const seen = box.value
    if (!seen) return
    if (follows && !grewAbove) return toEnd()
    if (grewAbove) seen.scrollTop = top + (seen.scrollHeight - height)
    else if (last >= 0) unseen.value += now.length - 1 - last
    note()
  })
  return { atEnd, unseen, toEnd }
}
