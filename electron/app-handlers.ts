import type { AppInfo, HostKind } from '#shared/app-info.ts'
import type { VaultStatus } from '#shared/vault.ts'
import type { StoreHandle } from './db/store-handle.ts'
import type { EventHub } from './events.ts'
import type { WorkbenchLog } from './log.ts'
import { listUnreadable, resealAll } from './providers/provider-secrets.ts'
import type { Handlers } from './rpc.ts'
import type { Vault } from './secrets/vault.ts'

export interface AppParts {
  folder: string
  host: HostKind
  version: string
  stores: StoreHandle
  vault: Vault
  events: EventHub
  log: WorkbenchLog
  now: () => number
  /** Paused while the store is replaced: its results belong to the old one. */
  stopSending(): Promise<void>
  goOnSending(): void
  /** Whatever has to be done to a store that has just been opened. */
  prepareStore(): void
}

type AppHandlers = Pick<
  Handlers,
  | 'app.info'
  | 'logs.tail'
  | 'store.status'
  | 'store.backup'
  | 'store.restore'
  | 'store.startEmpty'
  | 'vault.status'
  | 'vault.unlock'
  | 'vault.protect'
  | 'vault.unprotect'
  | 'vault.forgetPassphrase'
>

export function appHandlers(parts: AppParts): AppHandlers {
  const { stores, vault, events, log } = parts
  const vaultStatus = () => statusOfVault(parts)
  const vaultChanged = () => {
    const status = vaultStatus()
    events.emit('vault.status', status)
    events.emit('providers.changed', { id: null })
    return status
  }
  const replaceStore = async (replace: () => Promise<unknown>) => {
    await parts.stopSending()
    try {
      await replace()
    } finally {
      parts.prepareStore()
      parts.goOnSending()
    }
    events.emit('store.status', stores.status())
    events.emit('host.resync', null)
    return stores.status()
  }
  return {
    'app.info': () => infoOf(parts, vaultStatus()),
    'logs.tail': ({ lines }) => log.tail(lines),
    'store.status': () => stores.status(),
    'store.backup': async () => {
      await stores.backup()
      return stores.status()
    },
    'store.restore': ({ backup }) => replaceStore(() => stores.restore(backup)),
    'store.startEmpty': () => replaceStore(() => stores.startEmpty()),
    'vault.status': vaultStatus,
    'vault.unlock': async ({ passphrase }) => {
      await vault.unlock(passphrase)
      return vaultChanged()
    },
    'vault.protect': async ({ passphrase }) => {
      await vault.protect(passphrase, () => reseal(parts))
      return vaultChanged()
    },
    'vault.forgetPassphrase': () => {
      vault.forgetPassphrase()
      return vaultChanged()
    },
    'vault.unprotect': () => {
      vault.unprotect(() => reseal(parts))
      return vaultChanged()
    },
  }
}

function reseal({ stores, vault, now }: AppParts): void {
  stores.store.writeNow((db) => resealAll(db, vault, now()))
}

function statusOfVault({ stores, vault }: AppParts): VaultStatus {
  return {
    ...vault.status(),
    unreadable: stores.isReady ? stores.store.read((db) => listUnreadable(db, vault)) : [],
  }
}

function infoOf(parts: AppParts, vault: VaultStatus): AppInfo {
  return {
    version: parts.version,
    host: parts.host,
    workspace: parts.folder,
    logs: parts.log.file,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    store: parts.stores.status(),
    vault,
  }
}
