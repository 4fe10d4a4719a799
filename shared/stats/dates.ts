const dayMs = 86_400_000

/** A calendar's date, as in 2026-03-29, that there is, from 1970 up to 2999. */
export function isDate(text: string): boolean {
  if (text < '1970-01-01' || text > '2999-12-31') return false
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dateOf(Date.parse(`${text}T00:00:00Z`)) === text
}

/** The date so many days later; negative: earlier. */
export function addDays(date: string, days: number): string {
  return dateOf(Date.parse(`${date}T00:00:00Z`) + days * dayMs)
}

/** From the first to the second, which is in it; 0 when the second comes before. */
export function countDays(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1)
}

export function datesBetween(from: string, to: string): string[] {
  return Array.from({ length: countDays(from, to) }, (_, index) => addDays(from, index))
}

/** 0 is Monday. */
export function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
}

function dateOf(at: number): string {
  return Number.isNaN(at) ? '' : new Date(at).toISOString().slice(0, 10)
}
