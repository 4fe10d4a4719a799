import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import { prepared } from '../db/prepared.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { Handlers } from '../rpc.ts'
import type { CleanUp } from './clean-up.ts'
import { sizesOf } from './sizes.ts'

type DataHandlers = Pick<
  Handlers,
  'data.retention' | 'data.retain' | 'data.wouldGo' | 'data.clean' | 'data.sizes' | 'data.compact'
>

export function dataHandlers(stores: StoreHandle, cleanUp: CleanUp): DataHandlers {
  return {
    'data.retention': () => cleanUp.status(),
    'data.retain': (retention) => cleanUp.retain(retention),
    'data.wouldGo': (retention) => cleanUp.wouldGo(retention),
    'data.clean': async () => {
      await cleanUp.run()
      return cleanUp.status()
    },
    'data.sizes': async () => sizesOf(await stores.sizes()),
    'data.compact': async () => {
      if (stores.store.read(isSending))
        throw new AppError('store_busy', 'Messages are being sent. Compact the store when they are through.')
      return stores.compact()
    },
  }
}

/** Both conditions on the state: the index of those on their way is found by the first only. */
function isSending(db: Database): boolean {
  const sql = "SELECT 1 FROM messages WHERE state IN ('queued', 'sending') AND state = 'sending' LIMIT 1"
  return prepared(db, sql).get() !== undefined
}
