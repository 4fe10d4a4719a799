import { setImmediate } from 'node:timers/promises'
import type { BundleSummary } from '#shared/bundle/bundle-commands.ts'
import { getBundle, listBundles, type BundleRow } from '../db/bundles.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import { hereOf, storedOf, summaryOfBundle } from './bundle-view.ts'

/** More are read anew each time. */
const mostKnown = 1000

/** What the list says of each bundle, by its file's check sum: a file of a megabyte takes milliseconds to read. */
export class BundleSummaries {
  private readonly known = new Map<string, BundleSummary>()
  private readonly stores: StoreHandle

  constructor(stores: StoreHandle) {
    this.stores = stores
  }

  /** Newest first. Files that were not read yet are one at a time, so that nobody else waits for all of them. */
  async list(): Promise<BundleSummary[]> {
    const found: BundleSummary[] = []
    for (const row of this.stores.store.read(listBundles)) {
      const summary = this.known.get(row.sum) ?? (await this.read(row))
      if (summary) found.push(hereOf(summary, row))
    }
    return found
  }

  /** Null: it was removed in this moment. */
  private async read({ id, sum }: Pick<BundleRow, 'id' | 'sum'>): Promise<BundleSummary | null> {
    await setImmediate()
    const row = this.stores.isReady ? this.stores.store.read((db) => getBundle(db, id)) : undefined
    if (!row) return null
    const summary = summaryOfBundle(storedOf(row).bundle, null)
    if (this.known.size < mostKnown) this.known.set(sum, summary)
    return summary
  }
}
