import type { StoreHandle } from './db/store-handle.ts'

const hourMs = 3_600_000

/** A daily backup, for hosts that stay: a command would be over before its backup. */
export function keepBackups(stores: StoreHandle): NodeJS.Timeout {
  void stores.backupIfDue()
  return setInterval(() => void stores.backupIfDue(), hourMs).unref()
}
