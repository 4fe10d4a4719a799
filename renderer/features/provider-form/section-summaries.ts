import { emptySettings, usualAtOnce } from '#shared/settings.ts'
import { formatMoney, plural } from '../../lib/format.ts'
import { countCertificates } from './certificates.ts'
import type { ProviderForm } from './form-state.ts'

const standard = emptySettings().timeouts

const names: [keyof ProviderForm['timeouts'], string][] = [
  ['connectMs', 'connect'],
  ['tlsMs', 'TLS'],
  ['firstByteMs', 'first byte'],
  ['totalMs', 'total'],
]

/** What the Connection part holds, in a line. */
export function connectionSummary({ connection, timeouts }: ProviderForm): string {
  const { kind, address } = connection.proxy
  const proxy = {
    system: 'System proxy',
    none: 'No proxy',
    manual: `Proxy ${address.replace(/^https?:\/\//i, '') || 'not given'}`,
  }
  const certificates = countCertificates(connection.authorities)
  const changed = names.filter(([key]) => timeouts[key] !== standard[key])
  return [
    proxy[kind],
    ...(certificates > 0 ? [plural(certificates, 'own certificate')] : []),
    changed.length === 0
      ? 'usual time-outs'
      : `time-outs: ${changed.map(([key, name]) => `${name} ${timeouts[key]} ms`).join(', ')}`,
  ].join(' · ')
}

/** What Limits and price holds, in a line. */
export function limitsSummary({ ratePerSecond, atOnce, price }: ProviderForm): string {
  const rate = ratePerSecond === '' ? 'No limit' : `${ratePerSecond} a second`
  const cost =
    price.perSegment === '' ? 'no price' : `${formatMoney(price.perSegment, price.currency)} a segment`
  const together = atOnce === '' || atOnce === usualAtOnce ? '' : ` · ${atOnce} at once`
  return `${rate}${together} · ${cost}`
}

export function usualTimeouts(): ProviderForm['timeouts'] {
  return { ...standard }
}

export function hasUsualTimeouts({ timeouts }: ProviderForm): boolean {
  return names.every(([key]) => timeouts[key] === standard[key])
}
