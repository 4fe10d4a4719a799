import type { Attempt } from '#shared/attempt.ts'

export interface AttemptPair {
  left: Attempt | null
  right: Attempt | null
}

/**
 * The attempts of two runs side by side: those of the same provider in the order in which both came to it. What stands
 * between them is paired from its end, as the last attempt is the one that decided.
 */
export function pairAttempts(lefts: readonly Attempt[], rights: readonly Attempt[]): AttemptPair[] {
  const pairs: AttemptPair[] = []
  let [fromLeft, fromRight] = [0, 0]
  for (const [left, right] of [...sameProviders(lefts, rights), [lefts.length, rights.length] as const]) {
    pairs.push(...fromTheEnd(lefts.slice(fromLeft, left), rights.slice(fromRight, right)))
    if (left < lefts.length) pairs.push({ left: lefts[left] ?? null, right: rights[right] ?? null })
    ;[fromLeft, fromRight] = [left + 1, right + 1]
  }
  return pairs
}

const same = (one: Attempt | undefined, other: Attempt | undefined) =>
  one !== undefined && other !== undefined && one.providerId !== null && one.providerId === other.providerId

/** Places of as many pairs of one provider as keep their order on both sides. A group has ten members at most. */
function sameProviders(lefts: readonly Attempt[], rights: readonly Attempt[]): (readonly [number, number])[] {
  const lengths = Array.from({ length: lefts.length + 1 }, () =>
    Array.from({ length: rights.length + 1 }, () => 0),
  )
  const lengthAt = (left: number, right: number) => lengths[left]?.[right] ?? 0
  for (let left = lefts.length - 1; left >= 0; left -= 1)
    for (let right = rights.length - 1; right >= 0; right -= 1)
      lengths[left]![right] = same(lefts[left], rights[right])
        ? lengthAt(left + 1, right + 1) + 1
        : Math.max(lengthAt(left + 1, right), lengthAt(left, right + 1))
  let [i, j] = [0, 0]
  const found: (readonly [number, number])[] = []
  while (i < lefts.length && j < rights.length) {
    if (same(lefts[i], rights[j])) {
      found.push([i, j])
      i += 1
      j += 1
    } else if (lengthAt(i + 1, j) >= lengthAt(i, j + 1)) i += 1
    else j += 1
  }
  return found
}

function fromTheEnd(lefts: readonly Attempt[], rights: readonly Attempt[]): AttemptPair[] {
  const length = Math.max(lefts.length, rights.length)
  return Array.from({ length }, (_, index) => ({
    left: lefts[index - length + lefts.length] ?? null,
    right: rights[index - length + rights.length] ?? null,
  }))
}
