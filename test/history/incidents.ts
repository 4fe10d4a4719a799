import type { Actor } from './cast.ts'
import type { Random } from './random.ts'
import { dayMs, hourMs, type Span } from './rhythm.ts'

/** What can befall a provider for a while: it is down, slow, busy, without credit, or its key was changed. */
export type Trouble = 'down' | 'slow' | 'busy' | 'unpaid' | 'locked_out'

interface Incident {
  from: number
  until: number
  trouble: Trouble
}

const troubles: readonly (readonly [weight: number, trouble: Trouble, hours: number])[] = [
  [5, 'slow', 3],
  [4, 'down', 1.2],
  [3, 'busy', 1],
  [1, 'unpaid', 0.5],
  [1, 'locked_out', 0.4],
]
const daysBetween = 6

/** The troubles of a span, asked for in the order of time. */
export class Incidents {
  private readonly byActor = new Map<string, Incident[]>()

  constructor(actors: readonly Actor[], { from, until }: Span, random: Random) {
    for (const { id, simulated } of actors) {
      const list: Incident[] = []
      let at = from + random.skewed(daysBetween, 0.8) * dayMs
      while (!simulated && at < until) {
        const [, trouble, hours] = random.weighted(troubles.map((one) => [one[0], one] as const))
        const end = at + random.skewed(hours, 0.6) * hourMs
        list.push({ from: at, until: end, trouble })
        at = end + random.skewed(daysBetween, 0.8) * dayMs
      }
      this.byActor.set(id, list)
    }
  }

  /** Null on an ordinary day. `at` never goes back by more than the length of an attempt. */
  at(actorId: string, at: number): Trouble | null {
    const list = this.byActor.get(actorId)
    while (list?.[0] && list[0].until + hourMs < at) list.shift()
    return list?.find((one) => at >= one.from && at < one.until)?.trouble ?? null
  }
}
