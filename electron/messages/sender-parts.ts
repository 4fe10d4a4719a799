import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import type { Log } from '../log.ts'
import type { Vault } from '../secrets/vault.ts'
import type { PrepareParts } from './prepare.ts'
import type { Closed } from './result-writer.ts'
import type { Access } from '../sending/access/access.ts'
import type { Outgoing } from '../sending/outgoing.ts'

export interface SenderParts extends PrepareParts {
  stores: StoreHandle
  vault: Vault
  outgoing: Outgoing
  access: Access
  events: EventHub
  log: Log
  userAgent: string
  now: () => number
  /** A message waits for its delivery receipt until then, epoch milliseconds. */
  onWait?: (until: number) => void
  /** A message goes to the simulator. Answers with what is called once its exchange is over. */
  onSimulated?: (message: { messageId: string; providerId: string; to: string; url: string }) => () => void
  /** Resolves when the callbacks that are kept by now are read, or cannot be for now. */
  callbacksRead?: () => Promise<void>
  /** An attempt has its result in the store. Called for each, so it has to be cheap. */
  onResult?: (closed: Closed) => void
}
