import type { TimeForm } from './format.ts'

/** A time as a vendor writes it. `zone` as in `+05:30`; it matters to the forms that name none. */
export function writeTime(at: number, form: TimeForm, zone: string): string {
  if (form === 'milliseconds') return String(at)
  if (form === 'seconds') return String(Math.floor(at / 1000))
  if (form === 'iso') return new Date(at).toISOString()
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? []
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -60_000 : 60_000)
  const local = new Date(at + offset).toISOString().slice(0, 19)
  return form === 'plain' ? local.replace('T', ' ') : local.replaceAll(/[-:T]/g, '')
}
