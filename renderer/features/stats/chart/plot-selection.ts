/** Where one is on a chart: the point that is told of, and the other end of what is being selected. */
export interface PlotPlace {
  at: number
  /** Null: nothing is being selected. */
  anchor: number | null
}

export type PlotKey =
  | { kind: 'move'; place: PlotPlace }
  | { kind: 'zoom'; first: number; last: number }
  | { kind: 'leave' }
  | null

/** Points that PageUp and PageDown go by: a week of days. */
const page = 7

/** What a key does on a chart of `count` points. Shift with a step selects; Enter zooms to it; Escape lets go of it. */
export function plotKey(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  { at, anchor }: PlotPlace,
  count: number,
): PlotKey {
  const targets: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowDown: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at + 1,
    PageUp: at + page,
    PageDown: at - page,
    Home: 0,
    End: count - 1,
  }
  const target = targets[key]
  if (target !== undefined) {
    const to = Math.max(0, Math.min(count - 1, target))
    return { kind: 'move', place: { at: to, anchor: shiftKey ? (anchor ?? at) : null } }
  }
  const chosen = selected({ at, anchor })
  if (key === 'Enter' && chosen) return { kind: 'zoom', ...chosen }
  if (key === 'Escape')
    return anchor === null ? { kind: 'leave' } : { kind: 'move', place: { at, anchor: null } }
  return null
}

/** The first and the last point that are selected; null for none or a single one. */
export function selected({ at, anchor }: PlotPlace): { first: number; last: number } | null {
  if (anchor === null || anchor === at) return null
  return { first: Math.min(at, anchor), last: Math.max(at, anchor) }
}

/** The point nearest to a place in pixels; -1 where there is none. `places` grow. */
export function nearestPoint(places: readonly number[], x: number): number {
  let [low, high] = [0, places.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    const [one = 0, next = 0] = [places[middle], places[middle + 1]]
    if (x <= (one + next) / 2) high = middle
    else low = middle + 1
  }
  return high
}
