import { openStore } from '../../electron/db/store-handle.ts'
import { createLog } from '../../electron/log.ts'
import { lockWorkspace } from '../../electron/workspace.ts'
import { writeHistory, type HistoryOptions } from '../history/generate.ts'

/** Fills an empty workspace that no host has open with a made-up history. */
export async function fillWithHistory(folder: string, options: HistoryOptions): Promise<void> {
  const lock = lockWorkspace(folder)
  const stores = openStore(folder, { log: createLog(folder, (line) => line) })
  try {
    writeHistory(stores.store, options)
  } finally {
    await stores.close()
    lock.release()
  }
}
