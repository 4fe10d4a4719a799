import type { Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useEventListener } from '@vueuse/core'
import { isTyping, withModifier } from '../../lib/shortcuts.ts'

const places: Record<string, string> = {
  p: '/providers',
  g: '/groups',
  m: '/messages',
  c: '/callbacks',
  f: '/stats',
  s: '/simulator',
}
/** How long a `G` waits for the letter after it. */
const chordMs = 1200

/** The shortcuts that work on every page. */
export function useShortcuts(open: Ref<'palette' | 'shortcuts' | null>): void {
  const router = useRouter()
  const route = useRoute()
  let chordUntil = 0

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (withModifier(event) && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      open.value = open.value === 'palette' ? null : 'palette'
      return
    }
    // Anything that lies over the page has its own keys.
    if (
      isTyping(event) ||
      withModifier(event) ||
      event.altKey ||
      document.querySelector('[aria-modal="true"]')
    )
      return
    const key = event.key.toLowerCase()
    const place = event.timeStamp < chordUntil ? places[key] : undefined
    chordUntil = key === 'g' && !place ? event.timeStamp + chordMs : 0
    if (place) void router.push(place)
    else if (event.key === '?') open.value = 'shortcuts'
    else if (key === 'n') void router.push('/providers/new')
    else if (key === 't') void router.push({ path: route.path, query: { ...route.query, send: 'default' } })
  })
}
