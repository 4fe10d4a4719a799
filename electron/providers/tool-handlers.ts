import type { StoreHandle } from '../db/store-handle.ts'
import type { Handlers } from '../rpc.ts'
import type { Vault } from '../secrets/vault.ts'
import { readAnswer } from '../sending/answer/read-answer.ts'
import { previewRequest } from './preview.ts'

type ToolHandlers = Pick<Handlers, 'providers.preview' | 'providers.readAnswer'>

export interface ToolParts {
  stores: StoreHandle
  vault: Vault
  userAgent: string
}

/** What the provider's form tries its settings out with, before anything is sent. */
export function toolHandlers({ stores, vault, userAgent }: ToolParts): ToolHandlers {
  return {
    'providers.preview': (input) => stores.store.read((db) => previewRequest(db, vault, input, userAgent)),
    'providers.readAnswer': readAnswer,
  }
}
