/** 32 bits that look like chance and are the same for the same seed, name and number. */
export function seeded(seed: number, name: string, number: number): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (let index = 0; index < name.length; index += 1)
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193) >>> 0
  return mixed(mixed(hash) ^ mixed(Math.imul(number + 1, 0x9e3779b9) >>> 0))
}

/** The last step of MurmurHash3: each bit of the input changes half of the output's. */
function mixed(value: number): number {
  let bits = value
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}
