import type { ProviderSettings } from '../../settings.ts'
import type { CurlRequest } from '../read/curl-request.ts'
import type { SecretKeeper } from '../fill/secret-keeper.ts'
import type { Note } from '../curl-words.ts'

/** Time-outs of the command, within what a provider may have. */
export function timeoutsOf(
  { connectSeconds, totalSeconds }: CurlRequest,
  base: ProviderSettings['timeouts'],
  notes: Note[],
): ProviderSettings['timeouts'] {
  const within = (seconds: number, most: number, what: string): number => {
    const wanted = Math.round(seconds * 1000)
    const taken = Math.min(Math.max(wanted, 50), most)
    if (taken !== wanted)
      notes.push({ kind: 'check', what, why: `Between 50 ms and ${most / 1000} s are possible.` })
    return taken
  }
  const timeouts = { ...base }
  if (connectSeconds !== null) timeouts.connectMs = within(connectSeconds, 60_000, '--connect-timeout')
  if (totalSeconds !== null) {
    timeouts.totalMs = within(totalSeconds, 180_000, '--max-time')
    // curl knows one limit for all; the wait for the first byte would otherwise end before it.
    timeouts.firstByteMs = Math.min(timeouts.totalMs, 120_000)
  }
  return timeouts
}

/** The command's proxy; the password becomes a secret. */
export function connectionOf(
  { proxy, proxyUser }: CurlRequest,
  base: ProviderSettings['connection'],
  keeper: SecretKeeper,
  notes: Note[],
): ProviderSettings['connection'] {
  if (proxy === null || proxy === '') return base
  const [, scheme = 'http', user, host = '', port] =
    /^(?:([a-z0-9]{1,10}):\/\/)?(?:([^@/]{0,500})@)?([^@/:\s]{1,300}|\[[0-9a-f:.]{1,60}\])(?::(\d{1,5}))?\/?$/i.exec(
      proxy,
    ) ?? []
  if (host === '' || !/^https?$/i.test(scheme)) {
    notes.push({
      kind: 'unsupported',
      what: `-x ${proxy.slice(0, 60).replace(/[^/@]*@/, '…@')}`,
      why: 'Only HTTP proxies are supported.',
    })
    return base
  }
  const credentials = proxyUser ?? user ?? ''
  const colon = credentials.indexOf(':')
  const username = colon < 0 ? credentials : credentials.slice(0, colon)
  const password = colon < 0 ? '' : keeper.keep('proxy-password', credentials.slice(colon + 1))
  // Without a port curl takes 1080.
  const address = `${scheme.toLowerCase()}://${host}:${port ?? (/^https$/i.test(scheme) ? '443' : '1080')}`
  return { ...base, proxy: { kind: 'manual', address, username, password } }
}
