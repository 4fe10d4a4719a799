import { onMounted, shallowRef, type Ref } from 'vue'
import { useMutationObserver } from '@vueuse/core'
import type { SeriesLook } from './series-looks.ts'

/** What is drawn on a canvas takes its colours from here, as a canvas knows no tokens. */
export type ThemeColours = Record<SeriesLook['ink'], string> &
  Record<'surface' | 'text' | 'muted' | 'line' | 'strong' | 'font', string>

const tokens = {
  '--series-1': '--series-1',
  '--series-2': '--series-2',
  '--series-3': '--series-3',
  '--series-4': '--series-4',
  surface: '--surface',
  text: '--text',
  muted: '--muted',
  line: '--line',
  strong: '--line-strong',
  font: '--sans',
} as const satisfies Record<keyof ThemeColours, string>

/** The colours of the theme that is shown now. */
export function themeColours(): ThemeColours {
  const style = getComputedStyle(document.documentElement)
  const read = Object.entries(tokens).map(([name, token]) => [name, style.getPropertyValue(token).trim()])
  return Object.fromEntries(read) as ThemeColours
}

/** The same, kept up when the theme changes. */
export function useThemeColours(): Ref<ThemeColours> {
  const colours = shallowRef(themeColours())
  const read = () => (colours.value = themeColours())
  onMounted(read)
  useMutationObserver(() => document.documentElement, read, {
    attributes: true,
    attributeFilter: ['data-theme'],
  })
  return colours
}
