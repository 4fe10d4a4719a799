import { computed } from 'vue'
import { FlaskConical } from '@lucide/vue'
import { useFeedback } from '../../ui/feedback.ts'
import type { MenuItem } from '../../ui/menu-item.ts'
import { useApp } from '../app/app-store.ts'
import type { Counted } from './figures.ts'

/** What the figures of providers and groups count: one choice for all pages that show them. */
export function useCounted() {
  const app = useApp()
  const feedback = useFeedback()
  const counted = computed((): Counted => ({
    tests: app.preferences.countTests,
    simulated: app.preferences.countSimulated,
  }))

  async function prefer(wanted: { countTests: boolean } | { countSimulated: boolean }): Promise<void> {
    const failure = await app.prefer(wanted)
    if (failure) feedback.fail(failure)
  }

  const countTests = (wanted: boolean) => prefer({ countTests: wanted })
  const switchSimulated = () => prefer({ countSimulated: !counted.value.simulated })
  const simulatedItem = computed((): MenuItem => ({
    key: 'simulated',
    label: counted.value.simulated ? 'Leave simulated sends out' : 'Count simulated sends',
    icon: FlaskConical,
  }))

  return { counted, countTests, switchSimulated, simulatedItem }
}
