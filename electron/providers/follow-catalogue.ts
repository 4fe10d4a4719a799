import { setImmediate } from 'node:timers/promises'
import { followSimulator } from './follow-simulator.ts'
import { refreshVendors, type RefreshParts } from './refresh-vendors.ts'

export interface CatalogueFollower {
  /** Looks through all providers, once the work at hand is done. Nobody waits for it. */
  look(): void
  /** Resolves when nothing is looked at any more. Never rejects. */
  settled(): Promise<void>
}

/** Keeps the providers of the catalogue as their entries say: at the start, in another store, at another simulator. */
export function followCatalogue(parts: RefreshParts): CatalogueFollower {
  let looking = Promise.resolve()
  const look = () => {
    looking = looking
      .then(() => setImmediate())
      .then(() => refreshVendors(parts))
      .then(() => followSimulator(parts))
      .catch((error: unknown) => parts.log.warn('Providers could not follow the catalogue', { error }))
  }
  parts.events.subscribe((event) => {
    if (event.name === 'simulator.status' && event.payload.running) look()
  })
  return { look, settled: () => looking }
}
