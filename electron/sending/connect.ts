import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { connect as connectTcp, isIP, type Socket, type TcpNetConnectOpts } from 'node:net'
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls'
import { checkAddress, RefusedAddressError } from './guard.ts'
import { deadline, type Deadline } from './deadline.ts'
import type { Route } from './access/route.ts'
import { codeOf, timedOut, TransportError } from './transport-error.ts'
import { asProxyFailure, openTunnel, type TunnelLimit } from './tunnel.ts'

export type Lookup = (hostname: string) => Promise<LookupAddress[]>

/** What the machine does for a connection; a test passes its own. */
export interface Network {
  lookup: Lookup
  connect: (options: TcpNetConnectOpts) => Socket
}

export interface ConnectPhases {
  /** Milliseconds on the monotonic clock at which the phase ended; null where there was none. */
  startedAt: number
  lookedUpAt: number | null
  connectedAt: number | null
  /** The proxy has opened the way to the host; the TLS connection to the proxy itself is a part of it. */
  tunneledAt: number | null
  securedAt: number | null
  remoteAddress: string | null
  /** The name of the error that the open connection broke with. */
  brokenBy: string | null
}

export interface ConnectLimits {
  /** Look-up, TCP connection and what a proxy takes to open a tunnel, all together. */
  connectMs: number
  tlsMs: number
}

export interface Target {
  hostname: string
  port: number
  secure: boolean
}

const lookupBySystem: Lookup = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)))
  })

export const systemNetwork: Network = { lookup: lookupBySystem, connect: connectTcp }

/**
 * Opens a connection, phase by phase, each with its own time-out. The addresses are looked up once, checked, and the
 * connection is made to one of them, so that a second look-up cannot slip another address in. Through a proxy it is the
 * proxy that looks the host up; an address that is written out in the URL is checked all the same.
 * Throws `TransportError` or `RefusedAddressError`.
 */
export async function openConnection(
  target: Target,
  limits: ConnectLimits,
  network: Network,
  phases: ConnectPhases,
  route?: Route,
): Promise<Socket> {
  const proxy = route?.proxy ?? null
  const context = route?.secureContext ?? null
  if (proxy && isIP(target.hostname)) checkAddress(target.hostname)
  let socket: Socket
  if (proxy) {
    try {
      socket = await openPlain(proxy, limits, network, phases)
      if (proxy.secure) socket = await secure(socket, proxy, limits.tlsMs, context)
      if (target.secure) await openTunnel(socket, target, proxy, restOf(limits, phases))
    } catch (error) {
      throw asProxyFailure(error)
    }
    if (proxy.secure || target.secure) phases.tunneledAt = performance.now()
  } else {
    socket = await openPlain(target, limits, network, phases)
  }
  if (!target.secure) return socket
  const secured = await secure(socket, target, limits.tlsMs, context)
  phases.securedAt = performance.now()
  return secured
}

/** What looking up and connecting have left of the connect time-out; TLS to the proxy has a time-out of its own. */
function restOf({ connectMs }: ConnectLimits, { startedAt, connectedAt }: ConnectPhases): TunnelLimit {
  const spentMs = (connectedAt ?? startedAt) - startedAt
  return { connectMs, leftMs: Math.max(1, connectMs - spentMs) }
}

async function openPlain(
  target: Target,
  limits: ConnectLimits,
  network: Network,
  phases: ConnectPhases,
): Promise<Socket> {
  const connect = deadline(timedOut('connect', limits.connectMs), limits.connectMs)
  let socket: Socket
  try {
    const addresses = await connect.race(resolve(target.hostname, network.lookup))
    phases.lookedUpAt = isIP(target.hostname) ? null : performance.now()
    socket = await connectOneOf(addresses, target, connect, network)
  } finally {
    connect.clear()
  }
  phases.connectedAt = performance.now()
  phases.remoteAddress = socket.remoteAddress ?? null
  return socket
}

async function resolve(hostname: string, lookup: Lookup): Promise<LookupAddress[]> {
  const family = isIP(hostname)
  const addresses = family ? [{ address: hostname, family }] : await lookupOrFail(hostname, lookup)
  for (const { address } of addresses) checkAddress(address)
  return addresses
}

async function lookupOrFail(hostname: string, lookup: Lookup): Promise<LookupAddress[]> {
  try {
    const addresses = await lookup(hostname)
    if (addresses.length > 0) return addresses
  } catch (error) {
    if (error instanceof RefusedAddressError) throw error
    throw new TransportError('dns', `${hostname} was not found`, { systemCode: codeOf(error) })
  }
  throw new TransportError('dns', `${hostname} has no address`)
}

function connectOneOf(
  addresses: LookupAddress[],
  target: Target,
  limit: Deadline,
  network: Network,
): Promise<Socket> {
  const socket = network.connect({
    host: target.hostname,
    port: target.port,
    noDelay: true,
    // Happy eyeballs over the addresses that were checked.
    autoSelectFamily: addresses.length > 1,
    lookup: (_hostname, options, callback) => {
      const [first] = addresses
      if (options.all) callback(null, addresses)
      else callback(null, first?.address ?? '', first?.family ?? 4)
    },
  })
  const connected = new Promise<Socket>((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    socket.once('error', (error) => reject(connectFailure(error)))
  })
  return limit.race(connected, () => socket.destroy())
}

function connectFailure(error: Error): TransportError {
  const inner = error instanceof AggregateError ? (error.errors.at(-1) as unknown) : error
  return new TransportError('connect', error.message, { systemCode: codeOf(inner) ?? codeOf(error) })
}

/** Node hands the certificate over when it is for other names: `DNS:a.test, IP Address:127.0.0.1`. */
function namesIn(error: Error): string[] | null {
  if (codeOf(error) !== 'ERR_TLS_CERT_ALTNAME_INVALID' || !('cert' in error)) return null
  const { subjectaltname = '' } = error.cert as { subjectaltname?: string }
  const names = [...subjectaltname.matchAll(/(?:DNS|IP Address):([^,\s"]+)/g)].map(([, name]) => name ?? '')
  return names.length === 0 ? null : names.slice(0, 5)
}

async function secure(
  socket: Socket,
  target: Target,
  tlsMs: number,
  secureContext: SecureContext | null,
): Promise<TLSSocket> {
  const limit = deadline(timedOut('tls', tlsMs), tlsMs)
  const secured = connectTls({
    socket,
    ...(isIP(target.hostname) ? { host: target.hostname } : { servername: target.hostname }),
    ...(secureContext && { secureContext }),
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    // Said aloud, as NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment would otherwise switch the check off.
    rejectUnauthorized: true,
  })
  const done = new Promise<TLSSocket>((resolve, reject) => {
    secured.once('secureConnect', () => resolve(secured))
    secured.once('error', (error) =>
      reject(new TransportError('tls', error.message, { systemCode: codeOf(error), names: namesIn(error) })),
    )
    // A server that closes during the handshake raises no error of its own.
    secured.once('close', () =>
      reject(new TransportError('tls', 'closed during the handshake', { systemCode: 'ECONNRESET' })),
    )
  })
  try {
    return await limit.race(done, () => secured.destroy())
  } catch (error) {
    secured.on('error', () => {})
    secured.destroy()
    throw error
  } finally {
    limit.clear()
  }
}
