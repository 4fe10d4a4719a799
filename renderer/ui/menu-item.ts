import type { Component } from 'vue'

export interface MenuItem {
  key: string
  label: string
  icon?: Component
  disabled?: boolean
}
