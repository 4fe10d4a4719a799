/** What is to be done at some time, the soonest first; of the same time what was put in first. */
export class DueQueue<Item> {
  private readonly heap: { due: number; turn: number; item: Item }[] = []
  private turn = 0

  get size(): number {
    return this.heap.length
  }

  /** When the soonest is due; null without any. */
  get next(): number | null {
    return this.heap[0]?.due ?? null
  }

  put(due: number, item: Item): void {
    const entry = { due, turn: this.turn++, item }
    let at = this.heap.push(entry) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      const other = this.heap[above]
      if (!other || !isBefore(entry, other)) break
      this.heap[at] = other
      at = above
    }
    this.heap[at] = entry
  }

  /** Takes out the soonest. */
  take(): Item | undefined {
    const [first] = this.heap
    const moved = this.heap.pop()
    if (!first || !moved || this.heap.length === 0) return first?.item
    let at = 0
    for (;;) {
      const below = this.sooner(2 * at + 1, 2 * at + 2)
      const other = this.heap[below]
      if (!other || !isBefore(other, moved)) break
      this.heap[at] = other
      at = below
    }
    this.heap[at] = moved
    return first.item
  }

  /** All that wait, in no order; none does any more. */
  empty(): Item[] {
    return this.heap.splice(0).map(({ item }) => item)
  }

  private sooner(left: number, right: number): number {
    const [one, other] = [this.heap[left], this.heap[right]]
    return one && other && isBefore(other, one) ? right : left
  }
}

function isBefore(one: { due: number; turn: number }, other: { due: number; turn: number }): boolean {
  return one.due < other.due || (one.due === other.due && one.turn < other.turn)
}
