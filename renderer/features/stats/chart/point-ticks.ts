/** A mark below a chart: which point it stands under, and what it says. */
export interface Tick {
  index: number
  label: string
}

interface Step {
  /** `before`: the key of the point before it. */
  fits: (key: string, before?: string) => boolean
  label: (key: string) => string
}

/** Pixels that a label takes, with the air beside it. */
const labelRoom = 58

const part = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat(undefined, { ...options, timeZone: 'UTC' })
  return (key: string) => format.format(Date.parse(`${key.slice(0, 10)}T00:00:00Z`))
}
const dayAndMonth = part({ day: 'numeric', month: 'short' })
const month = part({ month: 'short' })
const year = part({ year: 'numeric' })
const monthOrYear = (key: string) => (key.slice(5, 7) === '01' ? year(key) : month(key))

const number = (key: string, from: number) => Number(key.slice(from, from + 2))
const weekday = (key: string) => new Date(`${key.slice(0, 10)}T00:00:00Z`).getUTCDay()
/** Days since 1970, so that steps of days stay where they are as a range moves on. */
const ordinal = (key: string) => Date.parse(`${key.slice(0, 10)}T00:00:00Z`) / 86_400_000

const hours = (every: number): Step => ({
  fits: (key) => number(key, 11) % every === 0,
  label: (key) => `${key.slice(11, 13)}:00`,
})
const days = (every: number): Step => ({ fits: (key) => ordinal(key) % every === 0, label: dayAndMonth })
const weeks: Step = { fits: (key) => weekday(key) === 1, label: dayAndMonth }
const fortnights: Step = {
  fits: (key) => weekday(key) === 1 && Math.floor((ordinal(key) + 3) / 7) % 2 === 0,
  label: dayAndMonth,
}
/** The first point in it: of weeks, the first that begins in the month or year. */
const begins = (key: string, before: string | undefined, length: number) =>
  before === undefined ? key.slice(8, 10) === '01' : key.slice(0, length) !== before.slice(0, length)
const months = (every: number): Step => ({
  fits: (key, before) => begins(key, before, 7) && (number(key, 5) - 1) % every === 0,
  label: monthOrYear,
})
const years = (every: number): Step => ({
  fits: (key, before) =>
    begins(key, before, 4) && number(key, 5) === 1 && Number(key.slice(0, 4)) % every === 0,
  label: year,
})

const hourSteps = [hours(1), hours(2), hours(3), hours(6), hours(12)]
const daySteps = [
  days(1),
  days(2),
  weeks,
  fortnights,
  months(1),
  months(2),
  months(3),
  months(6),
  years(1),
  years(5),
]

/**
 * The points that are named below a chart which is `width` pixels wide: all of them where they fit, else those of the
 * finest step of the calendar that does. Keys are days or hours, as of a chart's points.
 */
export function pointTicks(keys: readonly string[], width: number): Tick[] {
  const most = Math.max(1, Math.floor(width / labelRoom))
  const steps = keys[0]?.includes('T') ? hourSteps : daySteps
  const ticksOf = ({ fits, label }: Step) =>
    keys.flatMap((key, index): Tick[] => (fits(key, keys[index - 1]) ? [{ index, label: label(key) }] : []))
  for (const step of steps) {
    const ticks = ticksOf(step)
    if (ticks.length > 0 && ticks.length <= most) return ticks
  }
  const [first] = keys
  return first === undefined
    ? []
    : [{ index: 0, label: first.includes('T') ? `${first.slice(11, 13)}:00` : dayAndMonth(first) }]
}
