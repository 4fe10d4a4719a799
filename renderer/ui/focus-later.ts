/**
 * Naive UI's focus trap puts the focus on an edge of its own when it opens; what should have it takes it after that.
 */
export function focusLater(element: HTMLElement | null | undefined): void {
  requestAnimationFrame(() => element?.focus({ preventScroll: true }))
}
