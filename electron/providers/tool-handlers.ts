import { genericKind } from '#shared/provider.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { Handlers } from '../rpc.ts'
import type { Vault } from '../secrets/vault.ts'
import { readAnswer } from '../sending/answer/read-answer.ts'
import { previewRequest } from './preview.ts'
import { requestOfDraft, vendorOf, type VendorParts } from './vendor-input.ts'

type ToolHandlers = Pick<Handlers, 'providers.preview' | 'providers.readAnswer'>

export interface ToolParts extends VendorParts {
  stores: StoreHandle
  vault: Vault
  userAgent: string
}

/** What the provider's form tries its settings out with, before anything is sent. */
export function toolHandlers(parts: ToolParts): ToolHandlers {
  const { stores, vault, userAgent, catalogue, simulator } = parts
  return {
    'providers.preview': async (input) => {
      const { draft } = input
      const vendor = await vendorOf(catalogue, draft.kind ?? genericKind)
      return stores.store.read((db) => {
        const request = requestOfDraft(db, draft, vendor, simulator())
        const settings = { ...draft.settings, ...request }
        return previewRequest(db, vault, { ...input, draft: { ...draft, settings } }, userAgent)
      })
    },
    'providers.readAnswer': readAnswer,
  }
}
