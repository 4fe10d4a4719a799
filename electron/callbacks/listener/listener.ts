import { listenerSettingsSchema, defaultListenerSettings } from '#shared/callbacks/listener.ts'
import type { ListenerSettings, ListenerStatus } from '#shared/callbacks/listener.ts'
import { readPreferences, writePreference } from '../../db/preferences.ts'
import type { StoreHandle } from '../../db/store-handle.ts'
import type { EventHub } from '../../events.ts'
import type { Log } from '../../log.ts'
import { OneServer } from '../../one-server.ts'
import { localBase } from './address.ts'
import { hostsOf } from './doors.ts'
import type { ListenerServer, ServerParts } from './server.ts'

export interface ListenerParts {
  stores: StoreHandle
  events: EventHub
  log: Log
  /** For tests: another port, or 0 for a free one. */
  port?: number | undefined
  /** Whether the next start of the workbench finds it as it was. */
  remembers: boolean
  take: ServerParts['take']
  glance: ServerParts['glance']
}

/** Kept among the preferences, though not by their page. */
const wish = 'listenerRunning'
const kept = 'listenerSettings'
/** A machine changes its addresses with its network. */
const hostsHoldMs = 5000

/** The server that takes callbacks: its settings, whether it runs, and where. */
export class Listener {
  private readonly parts: ListenerParts
  private readonly server: OneServer<ListenerServer>
  private known: ListenerSettings | null = null
  private hosts: { names: ReadonlySet<string>; at: number } | null = null
  private received = 0
  private told: NodeJS.Timeout | undefined

  constructor(parts: ListenerParts) {
    this.parts = parts
    this.server = new OneServer(() => this.begin())
  }

  get settings(): ListenerSettings {
    if (this.known) return this.known
    if (!this.parts.stores.isReady) return defaultListenerSettings
    const parsed = listenerSettingsSchema.safeParse(this.parts.stores.store.read(readPreferences)[kept])
    return (this.known = parsed.success ? parsed.data : defaultListenerSettings)
  }

  /** Where it listens, or would. */
  get port(): number {
    return this.server.running?.port ?? (this.parts.port || this.settings.port)
  }

  status(): ListenerStatus {
    const { settings, received } = this
    const { running } = this.server
    const port = running?.port ?? null
    const asked = this.parts.port ?? settings.port
    return {
      running: running !== null,
      address: port === null ? null : localBase(port),
      port,
      portTaken: port !== null && asked !== 0 && port !== asked,
      settings,
      received,
    }
  }

  /** Throws `port_in_use`. */
  async start(): Promise<ListenerStatus> {
    this.hosts = null
    await this.server.start()
    if (this.server.running) this.remember(true)
    return this.tell()
  }

  async stop(): Promise<ListenerStatus> {
    await this.server.stop()
    this.remember(false)
    return this.tell()
  }

  /** Throws `port_in_use` where a new port is asked for while it runs; then it is stopped. */
  async configure(settings: ListenerSettings): Promise<ListenerStatus> {
    const before = this.settings
    await this.parts.stores.store.write((db) => writePreference(db, kept, settings))
    this.known = settings
    this.hosts = null
    const moved = before.port !== settings.port || before.allInterfaces !== settings.allInterfaces
    if (!this.server.isWanted || !moved) return this.tell()
    await this.server.stop()
    return this.start()
  }

  /** Starts it where it ran when the workbench was last closed. Nobody waits for it. */
  startAsBefore(): void {
    const { stores, log } = this.parts
    if (!this.parts.remembers || !stores.isReady || stores.store.read(readPreferences)[wish] !== true) return
    this.start().catch((error: unknown) => log.warn('The listener did not start again', { error }))
  }

  /** Another store is open. */
  forget(): void {
    this.known = null
    this.hosts = null
  }

  /** Some were kept. Told a few times a second at most. */
  count(): void {
    this.received += 1
    this.told ??= setTimeout(() => {
      this.told = undefined
      this.tell()
    }, 300).unref()
  }

  async close(): Promise<void> {
    clearTimeout(this.told)
    await this.server.stop()
  }

  private async begin(): Promise<ListenerServer> {
    const { startListener } = await import('./server.ts')
    const { take, glance, log } = this.parts
    return startListener(this.parts.port ?? this.settings.port, {
      allInterfaces: this.settings.allInterfaces,
      hosts: (port) => this.hostsAt(port),
      take,
      glance,
      onFailure: (error) => log.error('A callback could not be kept', { error }),
    })
  }

  private hostsAt(port: number): ReadonlySet<string> {
    const at = performance.now()
    const holds = this.hosts && (!this.settings.allInterfaces || at - this.hosts.at < hostsHoldMs)
    if (!this.hosts || !holds) this.hosts = { names: hostsOf(port, this.settings), at }
    return this.hosts.names
  }

  private remember(running: boolean): void {
    const { stores, remembers } = this.parts
    if (remembers && stores.isReady) stores.store.writeNow((db) => writePreference(db, wish, running))
  }

  private tell(): ListenerStatus {
    const status = this.status()
    this.parts.events.emit('listener.status', status)
    return status
  }
}
