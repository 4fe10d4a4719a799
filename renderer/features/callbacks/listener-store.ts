import { computed, ref } from 'vue'
import { defineStore } from 'pinia'
import type { ListenerSettings, ListenerStatus } from '#shared/callbacks/listener.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Answer, Failure } from '../../lib/failure.ts'

/** Whether callbacks are listened for, and where. */
export const useListener = defineStore('listener', () => {
  const status = ref<ListenerStatus | null>(null)
  const busy = ref(false)
  const running = computed(() => status.value?.running ?? false)

  async function loadStatus(): Promise<void> {
    const answer = await call('listener.status')
    if (answer.ok) status.value = answer.value
  }

  async function turn(asked: () => Promise<Answer<ListenerStatus>>): Promise<Failure | null> {
    busy.value = true
    const answer = await asked()
    busy.value = false
    if (answer.ok) status.value = answer.value
    return answer.ok ? null : answer.error
  }
  const start = () => turn(() => call('listener.start'))
  const stop = () => turn(() => call('listener.stop'))
  const configure = (settings: ListenerSettings) => turn(() => call('listener.configure', settings))

  onEvent('listener.status', (changed) => (status.value = changed))
  onEvent('host.resync', () => void loadStatus())

  return { status, running, busy, loadStatus, start, stop, configure }
})
