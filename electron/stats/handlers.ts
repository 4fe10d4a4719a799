import type { StoreHandle } from '../db/store-handle.ts'
import type { Handlers } from '../rpc.ts'
import { gatherStats } from './gather.ts'
import type { StatsWorker } from './worker.ts'

type StatsHandlers = Pick<
  Handlers,
  'stats.get' | 'stats.work' | 'stats.check' | 'stats.repair' | 'stats.cancel'
>

export function statsHandlers(stores: StoreHandle, worker: StatsWorker, now: () => number): StatsHandlers {
  return {
    'stats.get': (query) =>
      stores.store.read((db) => ({ ...gatherStats(db, query, now()), building: worker.building(db) })),
    'stats.work': () => worker.work,
    'stats.check': () => worker.start('check'),
    'stats.repair': () => worker.start('repair'),
    'stats.cancel': () => {
      worker.cancel()
      return null
    },
  }
}
