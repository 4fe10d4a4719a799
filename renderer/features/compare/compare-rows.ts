/** How the two sides of a row stand to each other. */
export type Mark = 'same' | 'differs' | 'left' | 'right'

export interface CompareRow {
  name: string
  left: string | null
  right: string | null
  mark: Mark
  /** What the difference comes to, where it can be reckoned. */
  difference?: string
}

export interface NamedValue {
  name: string
  value: string
}

export function rowOf(name: string, left: string | null, right: string | null): CompareRow {
  return { name, left, right, mark: markOf(left, right) }
}

function markOf(left: string | null, right: string | null): Mark {
  if (left === right) return 'same'
  if (left === null) return 'right'
  return right === null ? 'left' : 'differs'
}

/**
 * Pairs values by name, in the order of the left side; what only the right one has stands where it does there. A name
 * that comes several times is paired first with first, second with second.
 */
export function pairByName(
  left: NamedValue[],
  right: NamedValue[],
  keyOf: (name: string) => string = (name) => name,
): CompareRow[] {
  const [lefts, rights] = [numbered(left, keyOf), numbered(right, keyOf)]
  const known = new Set(lefts.map(({ key }) => key))
  const places = new Map(rights.map(({ key }, index) => [key, index]))
  const rows: CompareRow[] = []
  let next = 0
  const passTo = (end: number) => {
    for (const { key, name, value } of rights.slice(next, Math.max(next, end)))
      if (!known.has(key)) rows.push(rowOf(name, null, value))
    next = Math.max(next, end)
  }
  for (const { key, name, value } of lefts) {
    const place = places.get(key)
    if (place !== undefined) passTo(place)
    rows.push(rowOf(name, value, place === undefined ? null : (rights[place]?.value ?? null)))
  }
  passTo(rights.length)
  return rows
}

function numbered(values: NamedValue[], keyOf: (name: string) => string) {
  const seen = new Map<string, number>()
  return values.map(({ name, value }) => {
    const key = keyOf(name)
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    return { key: `${count} ${key}`, name, value }
  })
}
