import type { Choice } from '../../../ui/find-choices.ts'
import { ownZone } from '../stats-address.ts'

/** Every zone, this machine's and UTC first; found by its place and by what it is ahead of UTC now. */
export function zoneChoices(now: number): Choice[] {
  const own = ownZone()
  const first = [...new Set([own, 'UTC'])]
  const others = Intl.supportedValuesOf('timeZone').filter((zone) => !first.includes(zone))
  const choice = (zone: string, section: string): Choice => ({
    value: zone,
    label: zone.replaceAll('_', ' '),
    detail: zone === own ? `${offsetWords(zone, now)}, this machine` : offsetWords(zone, now),
    section,
  })
  return [
    ...first.map((zone) => choice(zone, 'Often used')),
    ...others.map((zone) => choice(zone, 'All time zones')),
  ]
}

/** As in `UTC+05:45`. */
function offsetWords(zone: string, now: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    now,
  )
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return offset.replace('GMT', 'UTC')
}
