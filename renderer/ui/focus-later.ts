/** What lies in a dialog can take the focus once the dialog is drawn, and not before. */
export function focusLater(element: HTMLElement | null | undefined): void {
  requestAnimationFrame(() => element?.focus({ preventScroll: true }))
}
