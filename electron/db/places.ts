/** Messages of the log that are described together: those whose seq, divided by this, gives the same whole number. */
export const blockSize = 2048
const bitmapBytes = blockSize / 8
const wordsOfBlock = blockSize / 32

/** A set of places within a block, a bit for each. */
export type Places = Uint32Array

export function noPlaces(): Places {
  return new Uint32Array(wordsOfBlock)
}

export function allPlaces(): Places {
  return noPlaces().fill(0xffffffff)
}

/**
 * As few bytes as it takes: none for all places, the gaps between few of them, else a bit for each. `places` ascend and
 * are not empty.
 */
export function packed(places: readonly number[]): Uint8Array {
  if (places.length === blockSize) return new Uint8Array(0)
  if (places.length < bitmapBytes) {
    const gaps = gapsOf(places)
    if (gaps.length < bitmapBytes) return Uint8Array.from(gaps)
  }
  const bits = new Uint8Array(bitmapBytes)
  for (const place of places) bits[place >> 3] = (bits[place >> 3] ?? 0) | (1 << (place & 7))
  return bits
}

const longGap = 255

function gapsOf(places: readonly number[]): number[] {
  const gaps: number[] = []
  let next = 0
  for (const place of places) {
    let gap = place - next
    for (; gap >= longGap; gap -= longGap) gaps.push(longGap)
    gaps.push(gap)
    next = place + 1
  }
  return gaps
}

export function unpacked(bytes: Uint8Array): Places {
  if (bytes.length === 0) return allPlaces()
  const places = noPlaces()
  if (bytes.length === bitmapBytes) {
    for (const [index, byte] of bytes.entries())
      places[index >> 2] = (places[index >> 2] ?? 0) | (byte << ((index & 3) * 8))
    return places
  }
  let place = -1
  let gap = 1
  for (const byte of bytes) {
    gap += byte
    if (byte === longGap) continue
    place += gap
    places[place >> 5] = (places[place >> 5] ?? 0) | (1 << (place & 31))
    gap = 1
  }
  return places
}

/** Leaves in `places` what is in both. */
export function keepCommon(places: Places, others: Places): void {
  for (const [index, word] of others.entries()) places[index] = (places[index] ?? 0) & word
}

export function addAll(places: Places, others: Places): void {
  for (const [index, word] of others.entries()) places[index] = (places[index] ?? 0) | word
}

export function takeAway(places: Places, others: Places): void {
  for (const [index, word] of others.entries()) places[index] = (places[index] ?? 0) & ~word
}

export function isEmpty(places: Places): boolean {
  return places.every((word) => word === 0)
}

/** The places from `low` to `high`, ascending. */
export function listOf(places: Places, low: number, high: number): number[] {
  const list: number[] = []
  for (let index = low >> 5; index <= high >> 5; index += 1) {
    for (let word = places[index] ?? 0; word !== 0; word &= word - 1) {
      const place = index * 32 + (31 - Math.clz32(word & -word))
      if (place >= low && place <= high) list.push(place)
    }
  }
  return list
}
