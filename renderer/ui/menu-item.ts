import type { Component } from 'vue'

export interface MenuItem {
  key: string
  label: string
  icon?: Component
  disabled?: boolean
  /** The key that does the same without the menu. */
  hint?: string
}

/** The entry that a key asks for without the menu, whether it is allowed now or not. */
export function itemForKey(event: KeyboardEvent, items: readonly MenuItem[]): MenuItem | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  const pressed = event.key === 'Delete' ? 'Del' : event.key.toUpperCase()
  return items.find(({ hint }) => hint === pressed) ?? null
}

/** The same keys for the list of shortcuts. */
export const shortcutsOf = (items: readonly MenuItem[]): { keys: string[]; does: string }[] =>
  items.flatMap(({ hint, label }) => (hint === undefined ? [] : [{ keys: [hint], does: label }]))
