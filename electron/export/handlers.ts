import type { StoreHandle } from '../db/store-handle.ts'
import type { Handlers } from '../rpc.ts'
import { exportPart } from './parts.ts'

export function exportHandlers(stores: StoreHandle): Pick<Handlers, 'export.part'> {
  return { 'export.part': (part) => stores.store.read((db) => exportPart(db, part)) }
}
