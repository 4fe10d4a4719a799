import type { Component } from 'vue'

export interface MenuItem {
  key: string
  label: string
  icon?: Component
  disabled?: boolean
  /** The key that does the same without the menu. */
  hint?: string
}
