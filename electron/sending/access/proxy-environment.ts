import { BlockList, isIP } from 'node:net'
import type { SystemProxy } from './system-proxy.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The proxy that the environment names, by curl's rules: the scheme's own variable before ALL_PROXY, lower case before
 * upper, NO_PROXY by host, domain, address or network. Source: curl's manual, "ENVIRONMENT" and `--noproxy`.
 * HTTP_PROXY in capitals counts as well, unless a web server set it from a request's header (CGI).
 */
export function proxyFromEnvironment(environment: Environment): SystemProxy {
  const read = (name: string) => environment[name.toLowerCase()] || environment[name.toUpperCase()] || ''
  const all = read('all_proxy')
  const isCgi = environment['REQUEST_METHOD'] !== undefined
  const http = (isCgi ? environment['http_proxy'] : read('http_proxy')) || all
  const https = read('https_proxy') || all
  const exempt = exemptionOf(read('no_proxy'))
  return {
    named: http !== '' || https !== '',
    proxyFor: (url) => {
      const proxy = url.protocol === 'https:' ? https : http
      if (proxy === '' || exempt(url.hostname.replace(/^\[|\]$/g, '').toLowerCase())) return null
      return proxy.includes('://') ? proxy : `http://${proxy}`
    },
  }
}

function exemptionOf(list: string): (hostname: string) => boolean {
  const entries = list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
  if (entries.includes('*')) return () => true
  const names = entries.map((entry) => entry.replace(/^\.+|\.$/g, ''))
  const addresses = addressesIn(entries)
  return (hostname) => {
    const family = isIP(hostname)
    if (family !== 0) return addresses.check(hostname, family === 6 ? 'ipv6' : 'ipv4')
    const host = hostname.replace(/\.$/, '')
    return names.some((name) => name !== '' && (host === name || host.endsWith(`.${name}`)))
  }
}

/** Addresses, and networks such as 10.0.0.0/8; whatever is neither is a name. */
function addressesIn(entries: string[]): BlockList {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', bits] = entry.replace(/[[\]]/g, '').split('/')
    const version = isIP(address)
    if (version === 0) continue
    const family = version === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else if (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 6 ? 128 : 32))
      list.addSubnet(address, Number(bits), family)
  }
  return list
}
