import { isIP } from 'node:net'
import type { PhonePostReason } from '#shared/simulator-phone.ts'
import type { Home } from './home.ts'

/** Where a callback goes. */
export interface Target {
  /** As the vendor knows it: what is signed. */
  url: string
  /** Where it is posted to, of this machine. */
  host: string
  port: number
  /** In place of the host that is posted to, as a tunnel hands on what came to it. */
  forwarded: { host: string; proto: string } | null
  /** It goes to the workbench's own listener. */
  own: boolean
}

export interface NoTarget {
  reason: PhonePostReason
  why: string
}

/** Only this machine is ever posted to. */
export function targetOf(address: string, home: Pick<Home, 'listener'> | null): Target | NoTarget {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || !/^https?:$/.test(url.protocol))
    return { reason: 'no_address', why: 'The address of the request is none of http or https.' }
  const listener = home?.listener() ?? null
  if (listener?.publicUrl && isBelow(address, listener.publicUrl)) {
    if (!listener.running) return stopped
    const forwarded = { host: url.host, proto: url.protocol.slice(0, -1) }
    return { url: address, host: '127.0.0.1', port: listener.port, forwarded, own: true }
  }
  if (!isLoopback(url.hostname))
    return {
      reason: 'other_host',
      why: `${url.host} is not this machine, and the simulator posts nowhere else. Set it as the listener’s public base URL if it leads here.`,
    }
  if (url.protocol === 'https:')
    return { reason: 'other_host', why: 'Callbacks go to this machine by http. Write the address with http.' }
  const port = Number(url.port || 80)
  const own = listener?.port === port
  if (own && !listener.running) return stopped
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  return { url: address, host: host === 'localhost' ? '127.0.0.1' : host, port, forwarded: null, own }
}

const stopped: NoTarget = { reason: 'listener_stopped', why: 'The listener is stopped. Start it.' }

/** The public base URL may have a path of its own. */
function isBelow(address: string, base: string): boolean {
  const [one, other] = [new URL(address), new URL(base)]
  const path = other.pathname.replace(/\/+$/, '')
  return one.origin === other.origin && (one.pathname === path || one.pathname.startsWith(`${path}/`))
}

/** A name or number by which this machine calls itself alone. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/** As it is shown: the key of a provider's address is a secret. */
export function shownAddress(url: string): string {
  return url.replace(/\/c\/[A-Za-z0-9_-]{16,64}/, '/c/…').replace(/\?.*$/s, '?…')
}
