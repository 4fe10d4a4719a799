import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { ReceivedMessage, SimulatorStatus } from '#shared/simulator.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Answer, Failure } from '../../lib/failure.ts'

const kept = 2000

export const useSimulator = defineStore('simulator', () => {
  const status = ref<SimulatorStatus | null>(null)
  const received = shallowRef<ReceivedMessage[]>([])
  const loaded = ref(false)
  const busy = ref(false)
  const failure = ref<Failure | null>(null)

  async function loadStatus(): Promise<void> {
    const answer = await call('simulator.status')
    if (answer.ok) status.value = answer.value
  }

  async function loadReceived(): Promise<void> {
    const answer = await call('simulator.received')
    failure.value = answer.ok ? null : answer.error
    if (!answer.ok) return
    received.value = [...answer.value].sort((one, other) => other.at - one.at)
    loaded.value = true
  }

  async function turn(asked: () => Promise<Answer<SimulatorStatus>>): Promise<Failure | null> {
    busy.value = true
    const answer = await asked()
    busy.value = false
    if (answer.ok) status.value = answer.value
    return answer.ok ? null : answer.error
  }
  const start = () => turn(() => call('simulator.start'))
  const stop = () => turn(() => call('simulator.stop'))

  async function clear(): Promise<Failure | null> {
    const answer = await call('simulator.clear')
    if (answer.ok) received.value = []
    return answer.ok ? null : answer.error
  }

  onEvent('simulator.status', (changed) => (status.value = changed))
  onEvent('simulator.received', (message) => {
    if (!loaded.value || received.value.some((known) => known.id === message.id)) return
    received.value = [message, ...received.value].slice(0, kept)
  })
  onEvent('host.resync', () => {
    void loadStatus()
    if (loaded.value) void loadReceived()
  })

  return { status, received, loaded, busy, failure, loadStatus, loadReceived, start, stop, clear }
})
