import type { Conversation } from '#shared/callbacks/conversation.ts'

type Rows = readonly Conversation[]

/** The listed rows where they stand, as they are by now; `add`: those that are not listed come below. */
export function inPlace(rows: Rows, page: Rows, add = true): Rows {
  const now = new Map(page.map((row) => [row.number, row]))
  const kept = rows.map((row) => {
    const changed = now.get(row.number)
    now.delete(row.number)
    return changed && changed.at >= row.at ? changed : row
  })
  return add ? [...kept, ...now.values()] : kept
}

/** The newest above, the others below in the order that they had. */
export function onTop(rows: Rows, page: Rows): Rows {
  const above = new Set(page.map(({ number }) => number))
  return [...page, ...rows.filter(({ number }) => !above.has(number))]
}

/** How many would stand higher up than they do. */
export function movedUp(rows: Rows, page: Rows): number {
  const placeOf = new Map(rows.map(({ number }, index) => [number, index]))
  let lowest = Infinity
  let count = 0
  for (const { number } of page.toReversed()) {
    const place = placeOf.get(number)
    if (place === undefined || place > lowest) count += 1
    else lowest = place
  }
  return count
}
