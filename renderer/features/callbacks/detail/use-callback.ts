import { onUnmounted, ref, watch } from 'vue'
import type { CallbackDetails } from '#shared/callbacks/callback.ts'
import { call, onEvent } from '../../../lib/api.ts'
import type { Failure } from '../../../lib/failure.ts'
import { useTurns } from '../../../lib/turns.ts'

/** One callback whole, loaded again when more becomes known of it. */
export function useCallback(id: () => string) {
  const details = ref<CallbackDetails | null>(null)
  const failure = ref<Failure | null>(null)

  async function load(): Promise<void> {
    const wanted = id()
    const answer = await call('callbacks.get', { id: wanted })
    if (wanted !== id()) return
    failure.value = answer.ok ? null : answer.error
    details.value = answer.ok ? answer.value : null
  }

  const turns = useTurns(load)
  watch(id, () => void load(), { immediate: true })
  const ends = [
    onEvent('callback.received', (callback) => callback.id === id() && turns.ask(false)),
    onEvent('callbacks.changed', () => turns.ask(false)),
    // What waits for its message is matched when that changes.
    onEvent('message.changed', () => details.value?.effect === 'waiting' && turns.ask(false)),
    onEvent('host.resync', () => turns.ask(true)),
  ]
  onUnmounted(() => ends.forEach((end) => end()))

  return { details, failure, load }
}
