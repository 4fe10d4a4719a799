import type { Ref } from 'vue'
import { useEventListener } from '@vueuse/core'
import { onBeforeRouteLeave, onBeforeRouteUpdate, type RouteLocation } from 'vue-router'
import { inDesktop } from '../lib/api.ts'
import { useFeedback } from './feedback.ts'

export interface Guarded {
  dirty: Readonly<Ref<boolean>>
  /** The address that the form belongs to, to which, and to those below it, one may go with changes. */
  address: () => string
  /** What is edited, as in "The changes to this provider are lost." */
  noun: string
}

/** Leaving a form with changes asks, by whatever way one leaves. */
export function useLeaveGuard({ dirty, address, noun }: Guarded): void {
  const feedback = useFeedback()

  async function mayLeave(): Promise<boolean> {
    if (!dirty.value) return true
    return feedback.ask({
      title: 'Leave without saving?',
      text: `The changes to this ${noun} are lost.`,
      action: 'Discard changes',
      stay: 'Keep editing',
      dangerous: true,
    })
  }

  // What lies over the same address, such as Send Test SMS from the palette, leaves nothing. Nor does another tab of the form.
  const guard = (to: RouteLocation, from: RouteLocation) =>
    to.path === from.path || `${to.path}/`.startsWith(`${address()}/`) || mayLeave()
  onBeforeRouteLeave(guard)
  onBeforeRouteUpdate(guard)
  let discarded = false
  useEventListener(window, 'beforeunload', (event) => {
    if (!dirty.value || discarded) return
    event.preventDefault()
    // A browser asks in its own words; Electron only keeps its window open, without one.
    if (inDesktop()) void closeIfDiscarded()
  })

  async function closeIfDiscarded(): Promise<void> {
    discarded = await mayLeave()
    if (discarded) window.close()
  }
}
