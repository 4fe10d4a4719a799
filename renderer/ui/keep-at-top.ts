const touches = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const

/**
 * Holds an element at the top of what it scrolls in while things are still loaded around it, until somebody touches the
 * page. Answers with what ends it.
 */
export function keepAtTop(element: HTMLElement): () => void {
  const scroller = scrollerOf(element)
  const align = () => {
    scroller.scrollTop += element.getBoundingClientRect().top - scroller.getBoundingClientRect().top
  }
  // What comes changes the height of a part above, or gives the last ones the room to scroll.
  const sizes = new ResizeObserver(align)
  const watched = () => {
    for (const part of scroller.children) sizes.observe(part)
  }
  const parts = new MutationObserver(() => {
    watched()
    align()
  })
  const end = () => {
    sizes.disconnect()
    parts.disconnect()
    for (const touch of touches) window.removeEventListener(touch, end, true)
  }
  for (const touch of touches) window.addEventListener(touch, end, { capture: true, passive: true })
  sizes.observe(scroller)
  watched()
  parts.observe(scroller, { childList: true })
  align()
  return end
}

function scrollerOf(element: HTMLElement): Element {
  for (let at = element.parentElement; at; at = at.parentElement)
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at
  return document.documentElement
}
