/** Chance that is the same for the same seed: sfc32, Chris Doty-Humphrey's small fast counter. */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter = 1

  constructor(seed: number) {
    this.a = seed | 0
    this.b = Math.floor(seed / 2 ** 32) | 0
    this.c = 0x9e3779b9 | 0
    for (let round = 0; round < 12; round += 1) this.word()
  }

  /** 32 bits. */
  word(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum
    return sum >>> 0
  }

  /** From 0 to 1, which it never is. */
  next(): number {
    return this.word() / 2 ** 32
  }

  below(end: number): number {
    return Math.floor(this.next() * end)
  }

  /** Both ends can come. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1)
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  pick<T>(list: readonly T[]): T {
    const one = list[this.below(list.length)]
    if (one === undefined) throw new Error('there is nothing to choose from')
    return one
  }

  /** Each as often as its weight says. */
  weighted<T>(list: readonly (readonly [weight: number, value: T])[]): T {
    let rest = this.next() * list.reduce((sum, [weight]) => sum + weight, 0)
    for (const [weight, value] of list) {
      rest -= weight
      if (rest < 0) return value
    }
    return this.pick(list)[1]
  }

  /** Around `middle`, mostly near it, now and then a multiple of it. */
  skewed(middle: number, spread: number): number {
    const bell = this.next() + this.next() + this.next() + this.next() - 2
    return middle * Math.exp(bell * spread * 1.7)
  }

  digits(count: number): string {
    return String(this.below(10 ** count)).padStart(count, '0')
  }

  /** A UUID of version 7 for that moment, epoch milliseconds. */
  id(at: number): string {
    const time = at.toString(16).padStart(12, '0')
    const [one, two, three] = [this.word(), this.word(), this.word()].map((word) =>
      word.toString(16).padStart(8, '0'),
    ) as [string, string, string]
    const variant = '89ab'[this.below(4)] ?? '8'
    return `${time.slice(0, 8)}-${time.slice(8)}-7${one.slice(0, 3)}-${variant}${one.slice(3, 6)}-${two}${three.slice(0, 4)}`
  }
}
