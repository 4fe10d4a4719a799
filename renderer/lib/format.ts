/** How the page writes times, sizes and numbers. Times are local; the zone is told on hover. */
const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})
const minutes = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const dayAndYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })
const whole = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'full',
  timeStyle: 'long',
  hourCycle: 'h23',
})
const count = new Intl.NumberFormat(undefined)
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

export const dash = '–'

/** A time that no calendar has, such as one a server made up, is a dash; formatting it would throw. */
const isTime = (at: number) => !Number.isNaN(new Date(at).getTime())

export function formatClock(at: number): string {
  return isTime(at) ? clock.format(at) : dash
}

/** As short as it can be told from `now`: time today, day this year, else with the year and without the seconds. */
export function formatTime(at: number, now = Date.now()): string {
  if (!isTime(at)) return dash
  const [then, today] = [new Date(at), new Date(now)]
  if (then.toDateString() === today.toDateString()) return clock.format(at)
  if (then.getFullYear() === today.getFullYear()) return `${day.format(at)}, ${clock.format(at)}`
  return `${dayAndYear.format(at)}, ${minutes.format(at)}`
}

/** With the year where it is not this one. */
export function formatDay(at: number, now = Date.now()): string {
  if (!isTime(at)) return dash
  return (new Date(at).getFullYear() === new Date(now).getFullYear() ? day : dayAndYear).format(at)
}

export function formatAgo(at: number, now = Date.now()): string {
  const ms = Math.max(0, now - at)
  return ms < 60_000 ? 'just now' : `${formatDuration(ms)} ago`
}

export function formatWholeTime(at: number): string {
  return isTime(at) ? `${whole.format(at)} (${zone})` : dash
}

export function formatDuration(ms: number): string {
  if (ms > 0 && ms < 0.95) return `${ms.toFixed(1)} ms`
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`
  if (ms < 172_800_000) return `${Math.round(ms / 3_600_000)} h`
  return `${Math.round(ms / 86_400_000)} d`
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KiB`
  if (bytes < 1024 ** 3) return `${(bytes / 1024 ** 2).toFixed(1)} MiB`
  return `${(bytes / 1024 ** 3).toFixed(2)} GiB`
}

export function formatCount(value: number): string {
  return count.format(value)
}

/** One decimal below 99.95 %, so that 99.9 never reads as 100. */
export function formatRate(part: number, of: number): string {
  if (of === 0) return dash
  const percent = (part / of) * 100
  return `${percent > 99.9 && percent < 100 ? '99.9' : percent.toFixed(percent % 1 === 0 ? 0 : 1)} %`
}

/** A share that is in percent already; null is one of nothing. */
export function writePercent(percent: number | null): string {
  return percent === null ? dash : formatRate(percent, 100)
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`
}

/** An amount in a currency (ISO 4217), with the small fractions that a segment costs; the bare number without one. */
export function formatMoney(amount: number, currency: string): string {
  const code = currency.trim().toUpperCase()
  const style = /^[A-Z]{3}$/.test(code) ? ({ style: 'currency', currency: code } as const) : {}
  return new Intl.NumberFormat(undefined, { ...style, maximumFractionDigits: 6 }).format(amount)
}
