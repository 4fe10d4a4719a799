import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

const pool = new Uint8Array(16 * 256)
let used = pool.length

/**
 * A new UUID of version 7: it begins with the time, so that rows are added at the end of their index. Randomness is
 * drawn in bulk, as each draw costs more than the id.
 */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const random = pool.subarray(used, used + 16)
  used += 16
  return v7({ random })
}
