import type { VaultStatus } from './vault.ts'

export type HostKind = 'desktop' | 'headless' | 'cli'

export interface AppInfo {
  version: string
  host: HostKind
  /** The folder that holds everything: store, backups, logs, vault. */
  workspace: string
  logs: string
  node: string
  platform: string
  store: StoreStatus
  vault: VaultStatus
}

export interface BackupInfo {
  /** File name inside the workspace's `backups` folder. */
  name: string
  at: number
  bytes: number
  /** Null when it was not counted. */
  providers: number | null
  messages: number | null
  usable: boolean
}

/** Until the store is ready, every command that needs it answers `store_damaged`, `store_newer` or `store_unreadable`. */
export type StoreStatus =
  | { state: 'ready'; backups: BackupInfo[]; sizeBytes: number }
  | { state: 'damaged'; reason: string; backups: BackupInfo[] }
  | { state: 'newer'; version: number; known: number }
  | { state: 'unreadable'; reason: string }

export interface LogLine {
  at: number
  level: 'debug' | 'info' | 'warn' | 'error'
  message: string
  details: string
}
