import type { HostKind } from '#shared/app-info.ts'
import type { CallbackEngine } from './callbacks/engine.ts'
import type { VendorFiles } from './catalogue/shipped.ts'
import type { Keychain } from './secrets/keychain.ts'
import type { SystemProxy } from './sending/access/system-proxy.ts'
import type { Clock } from './sending/access/turns.ts'
import type { Network } from './sending/connect.ts'

/** What a host opens a workbench with, and what a test passes in instead of the machine's own. */
export interface WorkbenchOptions {
  folder: string
  host: HostKind
  version: string
  keychain: Keychain | null
  /** Opens a vault that a passphrase protects, without asking. */
  passphrase: string | null
  /** For tests: another port, or 0 for a free one. */
  simulatorPort?: number
  /** For tests: another port, or 0 for a free one. */
  listenerPort?: number
  /** For tests: how callbacks are understood. */
  callbackEngine?: CallbackEngine
  /** For tests: how names are looked up and connections are made. */
  network?: Partial<Network>
  now?: () => number
  /** For tests: the clock that rate limits go by. */
  clock?: Clock
  /** What the system says of proxies; the environment's variables unless a host knows better. */
  systemProxy?: SystemProxy
  /** For tests: how long bulk messages on their way may take when the workbench closes, in milliseconds. */
  closeGraceMs?: number
  /** For tests: other vendors than those that are shipped. */
  vendorFiles?: VendorFiles
}
