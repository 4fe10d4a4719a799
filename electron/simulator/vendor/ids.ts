import type { Simulated } from '#shared/catalogue/simulated.ts'
import { seeded } from '../seeded.ts'

export type IdShape = Simulated['id']

/** Those of Crockford's base 32, as in ULIDs, beside the digits that JavaScript writes. */
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

interface Series {
  space: bigint
  step: bigint
  next: bigint
}

/**
 * Ids of a vendor's shape. The same seed gives the same ids in the same order; none comes twice, as long as a shape is
 * wide enough for as many.
 */
export class Ids {
  private readonly series = new Map<string, Series>()
  private readonly seed: number

  constructor(seed: number) {
    this.seed = seed
  }

  next(vendor: string, { prefix, kind, length }: IdShape): string {
    const name = `${vendor} ${prefix} ${kind} ${length}`
    const series = this.series.get(name) ?? this.begin(name, spaceOf(kind, length))
    this.series.set(name, series)
    const number = series.next
    // Steps that share no factor with the space go through all of it before one comes again.
    series.next = (number + series.step) % series.space
    return prefix + written(number, kind, length)
  }

  private begin(name: string, space: bigint): Series {
    const bits = (from: number) =>
      Array.from({ length: 11 }, (_none, index) => seeded(this.seed, name, from + index)).reduce(
        (sum, part) => (sum << 32n) | BigInt(part),
        0n,
      )
    let step = bits(0) % space
    while (commonFactor(step, space) !== 1n) step = (step + 1n) % space
    return { space, step, next: bits(100) % space }
  }
}

function spaceOf(kind: IdShape['kind'], length: number): bigint {
  if (kind === 'uuid') return 16n ** 30n
  if (kind === 'hex') return 16n ** BigInt(length)
  if (kind === 'letters') return 32n ** BigInt(length)
  return 9n * 10n ** BigInt(length - 1)
}

function written(number: bigint, kind: IdShape['kind'], length: number): string {
  // No leading zero, so that it stays the same when somebody reads it as a number.
  if (kind === 'digits') return String(number + 10n ** BigInt(length - 1))
  if (kind === 'hex') return number.toString(16).padStart(length, '0')
  if (kind === 'letters') {
    const digits = number.toString(32).padStart(length, '0')
    return digits.replace(/./g, (digit) => crockford[Number.parseInt(digit, 32)] ?? '0')
  }
  const hex = number.toString(16).padStart(30, '0')
  const [first, second, third] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 15)]
  return `${first}-${second}-4${third}-a${hex.slice(15, 18)}-${hex.slice(18)}`
}

function commonFactor(one: bigint, other: bigint): bigint {
  let [left, right] = [one, other]
  while (right !== 0n) [left, right] = [right, left % right]
  return left
}
