import type { StoreHandle } from '../db/store-handle.ts'
import type { Handlers } from '../rpc.ts'
import { gatherStats } from './gather.ts'

type StatsHandlers = Pick<
  Handlers,
  'stats.get' | 'stats.work' | 'stats.check' | 'stats.repair' | 'stats.cancel'
>

export function statsHandlers(stores: StoreHandle, now: () => number): StatsHandlers {
  return {
    'stats.get': (query) => stores.store.read((db) => ({ ...gatherStats(db, query, now()), building: null })),
    'stats.work': () => null,
    'stats.check': () => {
      throw new Error('not yet')
    },
    'stats.repair': () => {
      throw new Error('not yet')
    },
    'stats.cancel': () => null,
  }
}
