import { ref, type Ref } from 'vue'
import { useEventListener, useRafFn } from '@vueuse/core'
import './row-drag.css'

/** How near to the edge of what scrolls a dragged row makes it scroll, and how far with each frame, in pixels. */
const edge = 40
const step = 10

/** Drags a row by its handle. The rows carry `data-row`, stand in a positioned place, and are marked with `marksOf`. */
export function useRowDrag(box: Readonly<Ref<HTMLElement | null>>, move: (from: number, to: number) => void) {
  const from = ref<number | null>(null)
  /** The row before which it would be put down. */
  const gap = ref<number | null>(null)
  let pointerAt = 0

  const rows = () => [...(box.value?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]

  function look(): void {
    const places = rows().map((row) => row.getBoundingClientRect())
    const below = places.findIndex(({ top, height }) => pointerAt < top + height / 2)
    gap.value = below < 0 ? places.length : below
  }

  const scrolling = useRafFn(
    () => {
      const pane = paneOf(box.value)
      if (!pane) return
      const { top, bottom } = pane.getBoundingClientRect()
      const by = pointerAt < top + edge ? -step : pointerAt > bottom - edge ? step : 0
      if (by === 0) return
      pane.scrollBy(0, by)
      look()
    },
    { immediate: false },
  )

  function grab(index: number, event: PointerEvent): void {
    if (event.button !== 0) return
    event.preventDefault()
    from.value = index
    pointerAt = event.clientY
    look()
    scrolling.resume()
  }

  function letGo(): void {
    from.value = null
    gap.value = null
    scrolling.pause()
  }

  useEventListener(window, 'pointermove', (event: PointerEvent) => {
    if (from.value === null) return
    pointerAt = event.clientY
    look()
  })
  useEventListener(window, 'pointerup', () => {
    const { value: start } = from
    const { value: end } = gap
    letGo()
    if (start === null || end === null) return
    const to = end > start ? end - 1 : end
    if (to !== start) move(start, to)
  })
  useEventListener(window, 'pointercancel', letGo)
  useEventListener(
    window,
    'keydown',
    (event: KeyboardEvent) => {
      if (from.value === null || event.key !== 'Escape') return
      event.stopPropagation()
      letGo()
    },
    { capture: true },
  )

  /** The classes of a row: being dragged, and where what is dragged would be put down. */
  function marksOf(index: number) {
    return {
      'row-dragged': from.value === index,
      'drop-above': gap.value === index,
      'drop-below': gap.value === index + 1,
    }
  }

  return { grab, marksOf }
}

function paneOf(element: HTMLElement | null): HTMLElement | null {
  let pane = element?.parentElement ?? null
  while (pane && !/auto|scroll/.test(getComputedStyle(pane).overflowY)) pane = pane.parentElement
  return pane
}
