/** Counts are kept by quarter of an hour, the largest step that the days of every time zone are made of. */
export const quarterMs = 900_000

/** And by coarser slots, so that a long range takes few rows: an hour, a day of Greenwich's, eight days; in quarters. */
export const levels = [1, 4, 96, 768] as const
export type Level = (typeof levels)[number]

/** Of counts by key, which are many: an hour of them is made of quarters. */
export const countLevels: readonly Level[] = [1, 96, 768]

/** For SQL: a row for each, in `column1`. */
export const levelTable = (of: readonly Level[]) => `(VALUES ${of.map((level) => `(${level})`).join(', ')})`

/** Slots of one level, `from` up to `to`, which is left out. */
export interface SlotRange {
  level: Level
  from: number
  to: number
}

/** The fewest slots of some lengths that make up a stretch of quarters, `to` left out. */
export function cover(from: number, to: number, of: readonly Level[] = levels): SlotRange[] {
  const ranges: SlotRange[] = []
  const step = (index: number, begin: number, end: number): void => {
    const level = of[index]
    if (level === undefined || begin >= end) return
    const coarser = of[index + 1]
    const first = coarser === undefined ? end : Math.ceil(begin / coarser) * coarser
    const last = coarser === undefined ? end : Math.floor(end / coarser) * coarser
    if (coarser === undefined || first >= last) {
      ranges.push({ level, from: begin / level, to: end / level })
      return
    }
    if (begin < first) ranges.push({ level, from: begin / level, to: first / level })
    step(index + 1, first, last)
    if (last < end) ranges.push({ level, from: last / level, to: end / level })
  }
  step(0, from, to)
  return ranges
}
