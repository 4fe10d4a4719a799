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

// Plain loops from here on: a search goes through thousands of these, and iterators take three times as long.

/** What was packed, in a set that is used again, as new ones cost more than what is done with them. */
export function unpackInto(places: Places, bytes: Uint8Array): Places {
  if (bytes.length === 0) return places.fill(0xffffffff)
  if (bytes.length === bitmapBytes) {
    // Copied, as a view of four bytes at once has to begin at a multiple of four.
    new Uint8Array(places.buffer).set(bytes)
    return places
  }
  places.fill(0)
  let place = 0
  for (let index = 0; index < bytes.length; index += 1) {
    const gap = bytes[index] ?? 0
    place += gap
    if (gap === longGap) continue
    places[place >> 5] = (places[place >> 5] ?? 0) | (1 << (place & 31))
    place += 1
  }
  return places
}

/** Leaves in `places` what is in both; answers whether that is anything. */
export function keepCommon(places: Places, others: Places): boolean {
  let any = 0
  for (let index = 0; index < places.length; index += 1) {
    const word = (places[index] ?? 0) & (others[index] ?? 0)
    places[index] = word
    any |= word
  }
  return any !== 0
}

export function addAll(places: Places, others: Places): void {
  for (let index = 0; index < places.length; index += 1)
    places[index] = (places[index] ?? 0) | (others[index] ?? 0)
}

export function takeAway(places: Places, others: Places): void {
  for (let index = 0; index < places.length; index += 1)
    places[index] = (places[index] ?? 0) & ~(others[index] ?? 0)
}

export function isEmpty(places: Places): boolean {
  for (let index = 0; index < places.length; index += 1) if (places[index] !== 0) return false
  return true
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
