import { readonly, ref } from 'vue'

export type ConnectionState = 'open' | 'lost' | 'signed_out'

const state = ref<ConnectionState>('open')
const patience = 1200
let timer: ReturnType<typeof setTimeout> | undefined

/** What the page knows of its way to the workbench. A short gap is not told: the banner would only blink. */
export const connection = readonly(state)

const times = ref(0)
let cut = false

/** How often the way has opened again, after short gaps too: what failed meanwhile may be asked again. */
export const reconnections = readonly(times)

export function reportConnection(seen: ConnectionState): void {
  if (seen === 'open' && cut) times.value += 1
  cut = seen !== 'open'
  if (seen !== 'lost') {
    clearTimeout(timer)
    timer = undefined
    state.value = seen
    return
  }
  if (state.value !== 'open' || timer !== undefined) return
  timer = setTimeout(() => {
    timer = undefined
    state.value = 'lost'
  }, patience)
}
