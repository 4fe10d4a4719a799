import { openAccess } from './sending/access/access.ts'
import { proxyFromEnvironment } from './sending/access/proxy-environment.ts'
import { lazyOutgoing } from './sending/lazy-outgoing.ts'
import { rememberBasic } from './sending/remember-basic.ts'
import type { Vault } from './secrets/vault.ts'
import type { WorkbenchOptions } from './workbench-options.ts'

/** The client for outgoing requests and what it needs to reach a provider; every secret that it meets is kept out of logs. */
export function openNetwork(options: WorkbenchOptions, vault: Vault, now: () => number) {
  const outgoing = rememberBasic(lazyOutgoing(options.network), (credentials) =>
    vault.rememberForNow(credentials),
  )
  const access = openAccess({
    outgoing,
    systemProxy: options.systemProxy ?? proxyFromEnvironment(process.env),
    remember: (secret) => vault.rememberForNow(secret),
    forget: (secret) => vault.forget(secret),
    now,
    clock: options.clock,
  })
  return { outgoing, access }
}
