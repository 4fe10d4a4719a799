import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { CallbackAddress, ListenerSettings, ListenerStatus } from '#shared/callbacks/listener.ts'
import { call, onEvent } from '../../../lib/api.ts'
import type { Answer, Failure } from '../../../lib/failure.ts'

/** Whether the listener runs, and where each provider's callbacks go. */
export const useListener = defineStore('listener', () => {
  const status = ref<ListenerStatus | null>(null)
  const busy = ref(false)
  const addresses = shallowRef<Map<string, CallbackAddress>>(new Map())
  const addressesFailure = ref<Failure | null>(null)
  const hasAddresses = ref(false)

  /** Port and public address are part of every provider's address. */
  function take(changed: ListenerStatus): void {
    const before = status.value
    status.value = changed
    const moved = changed.port !== before?.port || changed.settings.publicUrl !== before.settings.publicUrl
    if (moved && hasAddresses.value) void loadAddresses()
  }

  async function loadStatus(): Promise<void> {
    const answer = await call('listener.status')
    if (answer.ok) take(answer.value)
  }

  async function turn(asked: () => Promise<Answer<ListenerStatus>>): Promise<Failure | null> {
    busy.value = true
    const answer = await asked()
    busy.value = false
    if (answer.ok) take(answer.value)
    return answer.ok ? null : answer.error
  }
  const start = () => turn(() => call('listener.start'))
  const stop = () => turn(() => call('listener.stop'))
  const startOrStop = () => (status.value?.running ? stop() : start())
  const configure = (settings: ListenerSettings) => turn(() => call('listener.configure', settings))

  async function loadAddresses(): Promise<void> {
    const answer = await call('callbacks.addresses')
    addressesFailure.value = answer.ok ? null : answer.error
    if (!answer.ok) return
    addresses.value = new Map(answer.value.map((address) => [address.providerId, address]))
    hasAddresses.value = true
  }

  async function renew(providerId: string): Promise<Failure | null> {
    const answer = await call('callbacks.renewAddress', { providerId })
    if (answer.ok) addresses.value = new Map([...addresses.value, [providerId, answer.value]])
    return answer.ok ? null : answer.error
  }

  const running = computed(() => status.value?.running ?? false)
  const title = computed(() => titleOf(status.value))

  onEvent('listener.status', take)
  onEvent('providers.changed', () => hasAddresses.value && void loadAddresses())
  onEvent('host.resync', () => {
    void loadStatus()
    if (hasAddresses.value) void loadAddresses()
  })

  return {
    status,
    running,
    title,
    busy,
    addresses,
    addressesFailure,
    hasAddresses,
    loadStatus,
    start,
    stop,
    startOrStop,
    configure,
    loadAddresses,
    renew,
  }
})

function titleOf(status: ListenerStatus | null): string {
  if (!status?.running) return 'Callback listener stopped'
  const { address, portTaken, settings } = status
  const taken = portTaken ? `; port ${settings.port} is taken by another program` : ''
  return `Callback listener running at ${address ?? ''}${taken}`
}
