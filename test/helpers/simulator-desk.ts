import type { Vendor } from '#shared/catalogue/entry.ts'
import type { ReceivedMessage, SimulatorFaults } from '#shared/simulator.ts'
import { SimulatorDesk } from '../../electron/simulator/desk.ts'

export interface DeskOptions {
  vendors?: Vendor[]
  now?: () => number
  /** Takes the messages, the newest last. */
  received?: ReceivedMessage[]
  faults?: SimulatorFaults
}

/** What a simulator's server stands in front of, with no vendor unless some are given. */
export function simulatorDesk(options: DeskOptions = {}): SimulatorDesk {
  const { vendors = [], now = Date.now, received = [], faults = { seed: 1, faults: [] } } = options
  const known = new Map(vendors.map((vendor) => [vendor.id, vendor]))
  return new SimulatorDesk(
    {
      vendors: { ids: [...known.keys()], get: async (id) => known.get(id) ?? null },
      now,
      onReceived: (tell) => received.push(tell()),
    },
    faults,
  )
}
