import type { IncomingMessage } from 'node:http'
import { networkInterfaces } from 'node:os'
import type { ListenerSettings } from '#shared/callbacks/listener.ts'
import { allowedHosts } from '../../headless/guard.ts'

export interface Refusal {
  status: number
  words: string
}

/** The names under which the listener may be asked: a hostile DNS name that leads here is none of them. */
export function hostsOf(port: number, { publicUrl, allInterfaces }: ListenerSettings): Set<string> {
  const hosts = allowedHosts(port)
  if (publicUrl !== '') {
    const { host, hostname, port: given } = new URL(publicUrl)
    hosts.add(host.toLowerCase())
    // Some tunnels name the usual port.
    if (given === '') for (const usual of [80, 443]) hosts.add(`${hostname.toLowerCase()}:${usual}`)
  }
  if (allInterfaces) for (const address of ownAddresses()) hosts.add(`${address}:${port}`)
  return hosts
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address, family }) => (family === 'IPv6' ? `[${address.split('%')[0]}]` : address))
}

/** Why a request is refused before anything looks at it: no vendor sends what a browser or an attacker would. */
export function refusalOf(
  { url = '', headers, rawHeaders }: IncomingMessage,
  hosts: ReadonlySet<string>,
): Refusal | null {
  const named = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length
  if (named !== 1 || !hosts.has(headers.host?.toLowerCase() ?? ''))
    return { status: 403, words: 'This host name is not served.' }
  // A whole address in place of a path names a host of its own.
  if (!url.startsWith('/')) return { status: 403, words: 'This host name is not served.' }
  const site = headers['sec-fetch-site']
  if (headers.origin !== undefined || (site !== undefined && site !== 'none'))
    return { status: 403, words: 'Requests from pages are refused.' }
  if (headers.upgrade !== undefined) return { status: 403, words: 'There is nothing to upgrade to.' }
  const encoding = headers['content-encoding']?.trim().toLowerCase()
  if (encoding !== undefined && encoding !== '' && encoding !== 'identity')
    return { status: 415, words: 'Send it without compression.' }
  return null
}
