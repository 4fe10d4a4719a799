import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { SimulatedVendor, SimulatorStatus } from '#shared/simulator.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Answer, Failure } from '../../lib/failure.ts'
import { genericVendor } from './generic-vendor.ts'
import { marksOf } from './vendor-marks.ts'

/** Whether the simulator runs, and whom it imitates. */
export const useSimulator = defineStore('simulator', () => {
  const status = ref<SimulatorStatus | null>(null)
  /** The generic provider comes first, and is known before the others are. */
  const vendors = shallowRef<SimulatedVendor[]>([genericVendor])
  const vendorsFailure = ref<Failure | null>(null)
  const busy = ref(false)
  const markOf = computed(() => marksOf(vendors.value))

  async function loadStatus(): Promise<void> {
    const answer = await call('simulator.status')
    if (answer.ok) status.value = answer.value
  }

  async function loadVendors(): Promise<void> {
    const answer = await call('simulator.vendors')
    vendorsFailure.value = answer.ok ? null : answer.error
    if (answer.ok) vendors.value = [genericVendor, ...answer.value]
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

  onEvent('simulator.status', (changed) => (status.value = changed))
  onEvent('host.resync', () => {
    void loadStatus()
    if (vendors.value.length > 1) void loadVendors()
  })

  return { status, vendors, vendorsFailure, busy, markOf, loadStatus, loadVendors, start, stop }
})
