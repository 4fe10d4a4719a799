/** Its ring of focus stays in sight. */
const ringRoom = 4
const touches = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const

/**
 * Holds an element at the top of what it scrolls in while things are still loaded around it, until somebody touches the
 * page; with room below where too little follows. Answers with what ends it.
 */
export function keepAtTop(element: HTMLElement): () => void {
  const scroller = scrollerOf(element)
  const ownRoom = parseFloat(getComputedStyle(scroller).paddingBottom) || 0
  const align = () => {
    const zero = scroller.getBoundingClientRect().top - scroller.scrollTop
    const place = element.getBoundingClientRect().top - zero - ringRoom
    const end = (scroller.lastElementChild?.getBoundingClientRect().bottom ?? zero) - zero
    // Where too little follows for it to come to the top.
    const room = Math.max(ownRoom, Math.ceil(place + scroller.clientHeight - end))
    scroller.style.paddingBottom = `${room}px`
    scroller.scrollTop = place
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

function scrollerOf(element: HTMLElement): HTMLElement {
  for (let at = element.parentElement; at; at = at.parentElement)
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at
  return document.documentElement
}
