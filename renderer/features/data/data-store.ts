import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { Retention, RetentionStatus, StoreSizes } from '#shared/data.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Failure } from '../../lib/failure.ts'

/** How long what is kept is kept, and what the store is made of. */
export const useData = defineStore('data', () => {
  const status = shallowRef<RetentionStatus | null>(null)
  const sizes = shallowRef<StoreSizes | null>(null)
  const failure = ref<Failure | null>(null)

  async function load(): Promise<void> {
    const answer = await call('data.retention')
    failure.value = answer.ok ? null : answer.error
    if (answer.ok) status.value = answer.value
  }

  async function retain(retention: Retention) {
    const answer = await call('data.retain', retention)
    if (answer.ok) status.value = answer.value
    return answer
  }

  const wouldGo = (retention: Retention) => call('data.wouldGo', retention)

  async function measure(): Promise<Failure | null> {
    const answer = await call('data.sizes')
    if (answer.ok) sizes.value = answer.value
    return answer.ok ? null : answer.error
  }

  const compact = () => call('data.compact')

  onEvent('data.changed', (now) => (status.value = now))
  onEvent('host.resync', () => status.value && void load())

  return { status, sizes, failure, load, retain, wouldGo, measure, compact }
})
