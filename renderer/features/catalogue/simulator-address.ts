import { computed, type ComputedRef } from 'vue'
import { defaultSimulatorPort, genericSimulatorPath } from '#shared/simulator.ts'
import { useSimulator } from '../simulator/simulator-store.ts'

/** Where the simulator takes requests; while it is stopped, where it will most likely start. */
export function useSimulatorAddress(): ComputedRef<string> {
  const simulator = useSimulator()
  return computed(() => simulator.status?.address ?? `http://127.0.0.1:${defaultSimulatorPort}`)
}

/** Whether an address is the simulated generic provider's. */
export function isGenericSimulator(endpoint: string, simulator: string): boolean {
  return endpoint.trim().startsWith(`${simulator}${genericSimulatorPath}`)
}
