import { BlockList, isIP } from 'node:net'

/** An address that the workbench never sends to, whoever asks. */
export class RefusedAddressError extends Error {
  readonly code = 'address_refused'
}

/**
 * Loopback and private networks are fine: simulators and gateways live there. What is refused never is an SMS
 * gateway: "this host", link-local with the clouds' metadata services, multicast and broadcast.
 * Source: IANA special-purpose address registries; the metadata addresses of AWS, Azure (its wire server too), Google,
 * Oracle and Alibaba, as far as their documentation names them.
 */
const refused = new BlockList()
refused.addSubnet('0.0.0.0', 8, 'ipv4')
refused.addSubnet('169.254.0.0', 16, 'ipv4')
refused.addAddress('100.100.100.200', 'ipv4')
refused.addAddress('168.63.129.16', 'ipv4')
refused.addAddress('192.0.0.192', 'ipv4')
refused.addSubnet('224.0.0.0', 4, 'ipv4')
refused.addSubnet('240.0.0.0', 4, 'ipv4')
refused.addAddress('::', 'ipv6')
refused.addSubnet('fe80::', 10, 'ipv6')
refused.addAddress('fd00:ec2::254', 'ipv6')
refused.addAddress('fd20:ce::254', 'ipv6')
refused.addSubnet('64:ff9b:1::', 48, 'ipv6')
refused.addSubnet('ff00::', 8, 'ipv6')

/** Checks what can be seen in the URL itself; names are checked by `checkAddress` once they are looked up. */
export function checkUrl(url: URL): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new RefusedAddressError(`Only http and https addresses are sent to, not ${url.protocol}`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new RefusedAddressError('Credentials do not belong in the endpoint; use Basic authentication.')
  }
}

/** Every address that a name resolves to goes through here, and the connection is made to that very address. */
export function checkAddress(address: string): void {
  const plain = embeddedIpv4(address) ?? address
  const family = isIP(plain)
  if (family === 0 || refused.check(plain, family === 6 ? 'ipv6' : 'ipv4')) {
    throw new RefusedAddressError(
      `${address} is a link-local, metadata or multicast address, which is never sent to.`,
    )
  }
}

/**
 * The IPv4 address inside a compatible (::/96), mapped (::ffff:0:0/96), translated (::ffff:0:0:0/96), NAT64
 * (64:ff9b::/96) or 6to4 (2002::/16) one. Local NAT64 (64:ff9b:1::/48) is refused whole, as where it holds the address
 * depends on the network.
 */
function embeddedIpv4(address: string): string | null {
  if (isIP(address) !== 6) return null
  const groups = expand(address)
  if (groups[0] === 0x2002) return dotted(groups.slice(1, 3))
  if (isOwnIpv6(groups)) return null
  const prefix = groups.slice(0, 6).map((group) => group.toString(16))
  return embeddingPrefixes.has(prefix.join(':')) ? dotted(groups.slice(6)) : null
}

const embeddingPrefixes = new Set(['0:0:0:0:0:0', '0:0:0:0:0:ffff', '0:0:0:0:ffff:0', '64:ff9b:0:0:0:0'])

/** `::` and `::1` look like embedded addresses, and are IPv6's own "this host" and loopback. */
function isOwnIpv6(groups: number[]): boolean {
  return groups.slice(0, 7).every((group) => group === 0) && (groups[7] ?? 0) <= 1
}

function dotted([high = 0, low = 0]: number[]): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

function expand(address: string): number[] {
  // The URL parser writes an IPv6 address in its shortest hexadecimal form, an embedded dotted quad included.
  const canonical = new URL(`http://[${address.split('%', 1)[0]}]/`).hostname.slice(1, -1)
  const [head = '', tail] = canonical.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0')
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16))
}
