/** A stretch of time as people say it, to one decimal below ten seconds: `340 ms`, `2.4 s`, `3 min 5 s`, `2 h 10 min`. */
export function spanWords(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 9950) return `${(ms / 1000).toFixed(1).replace('.0', '')} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return joined(`${minutes} min`, seconds % 60, 's')
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? joined(`${hours} h`, minutes % 60, 'min') : `${Math.round(hours / 24)} d`
}

/** Since the step before, in milliseconds. */
export function laterWords(ms: number): string {
  return ms < 1 ? 'at once' : `${spanWords(ms)} later`
}

const joined = (whole: string, rest: number, unit: string) =>
  rest === 0 ? whole : `${whole} ${rest} ${unit}`
