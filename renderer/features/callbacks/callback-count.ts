import { shallowRef } from 'vue'
import type { CallbackFilter } from '#shared/callbacks/callback-commands.ts'
import type { CommandOutput } from '#shared/contract.ts'
import { call } from '../../lib/api.ts'
import type { Answer } from '../../lib/failure.ts'

/** `more`: there are, or may be, more than that. */
export interface CallbackCount {
  count: number
  more: boolean
}

/** Of these, more and fewer fit as time passes; all others only become more. */
const changing = new Set(['waiting', 'unmatched'])

/** How many callbacks fit a list's filter: all of them piece by piece, then what came since. */
export function useCallbackCount() {
  const count = shallowRef<CallbackCount | null>(null)
  let asked: CallbackFilter | null = null
  /** The newest that is counted. */
  let top = 0
  let busy = false
  let again = false

  function begin(filter: CallbackFilter): void {
    asked = filter
    count.value = null
    top = 0
    void work()
  }

  /** Some may have come since. */
  function goOn(): void {
    if (asked?.effects.some((effect) => changing.has(effect))) top = 0
    void work()
  }

  async function work(): Promise<void> {
    again = true
    if (busy) return
    busy = true
    while (again) {
      again = false
      await addNewer()
    }
    busy = false
  }

  async function addNewer(): Promise<void> {
    const filter = asked
    if (filter === null) return
    const after = top
    let sum = after === 0 ? 0 : (count.value?.count ?? 0)
    let newest: number | null = null
    let cursor: number | null = null
    for (;;) {
      const answer: Answer<CommandOutput<'callbacks.count'>> = await call('callbacks.count', {
        ...filter,
        cursor,
        after,
      })
      if (filter !== asked || !answer.ok) return
      sum += answer.value.count
      newest ??= answer.value.newest
      if (!answer.value.more) break
      ;({ cursor } = answer.value)
      // Until the end is known, it is at least this.
      if (sum > (count.value?.count ?? 0)) count.value = { count: sum, more: true }
    }
    count.value = { count: sum, more: false }
    top = newest ?? after
  }

  return { count, begin, goOn }
}
