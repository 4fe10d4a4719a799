import { useEventListener } from '@vueuse/core'
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'
import { inDesktop } from '../../lib/api.ts'
import { useFeedback } from '../../ui/feedback.ts'
import { addressOf } from './form-address.ts'
import type { ProviderFormContext } from './use-provider-form.ts'

/** Leaving a form with changes asks, by whatever way one leaves. */
export function useLeaveGuard(context: ProviderFormContext): void {
  const feedback = useFeedback()

  async function mayLeave(): Promise<boolean> {
    if (!context.dirty.value) return true
    return feedback.ask({
      title: 'Leave without saving?',
      text: 'The changes to this provider are lost.',
      action: 'Discard changes',
      stay: 'Keep editing',
      dangerous: true,
    })
  }

  onBeforeRouteLeave(mayLeave)
  // What lies over the same address, such as Send Test SMS from the palette, leaves nothing.
  onBeforeRouteUpdate((to, from) => to.path === from.path || to.path === addressOf(context) || mayLeave())
  let discarded = false
  useEventListener(window, 'beforeunload', (event) => {
    if (!context.dirty.value || discarded) return
    event.preventDefault()
    // A browser asks in its own words; Electron only keeps its window open, without one.
    if (inDesktop()) void closeIfDiscarded()
  })

  async function closeIfDiscarded(): Promise<void> {
    discarded = await mayLeave()
    if (discarded) window.close()
  }
}
