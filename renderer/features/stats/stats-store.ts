import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { StatsAnswer } from '#shared/stats/answer.ts'
import type { StatsQuery } from '#shared/stats/query.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Failure } from '../../lib/failure.ts'
import { useTurns } from '../../lib/turns.ts'

/** Milliseconds between two looks at figures that change. */
const livePause = 3000

/** The figures that the Stats page shows. Those that are there stay until others come in their place. */
export const useStats = defineStore('stats', () => {
  const answer = shallowRef<StatsAnswer | null>(null)
  const failure = ref<Failure | null>(null)
  /** Other figures than those that are shown are on their way. */
  const changing = ref(false)
  let wanted: StatsQuery | null = null
  let shownScope = ''
  let turn = 0

  async function open(query: StatsQuery): Promise<void> {
    wanted = query
    changing.value = true
    const scope = JSON.stringify(query.scope)
    // Another provider's figures under this one's name would be wrong, those of another range only late.
    if (scope !== shownScope) answer.value = null
    shownScope = scope
    await load()
  }

  async function load(): Promise<void> {
    if (!wanted) return
    turn += 1
    const mine = turn
    const found = await call('stats.get', wanted)
    if (mine !== turn) return
    changing.value = false
    failure.value = found.ok ? null : found.error
    if (found.ok) answer.value = found.value
  }

  /** Nobody looks any more. */
  function close(): void {
    wanted = null
  }

  const turns = useTurns(load, livePause)
  const again = () => wanted && turns.ask(false)
  onEvent('message.changed', ({ outcomeClass }) => outcomeClass !== null && again())
  onEvent('bulk.changed', again)
  onEvent('callback.received', again)
  onEvent('callbacks.changed', again)
  onEvent('providers.changed', again)
  onEvent('groups.changed', again)
  onEvent('host.resync', () => wanted && turns.ask(true))

  return { answer, failure, changing, open, load, again, close }
})
