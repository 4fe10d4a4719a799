import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { PhoneNumber } from '#shared/simulator-phone.ts'
import { call, onEvent } from '../../../lib/api.ts'
import type { Failure } from '../../../lib/failure.ts'
import { useTurns } from '../../../lib/turns.ts'

const most = 500

/** The numbers that the simulator received messages for, newest first. What is read stays where it is. */
export const usePhone = defineStore('phone', () => {
  const numbers = shallowRef<readonly PhoneNumber[]>([])
  const total = ref(0)
  const loaded = ref(false)
  const newer = ref(0)
  const failure = ref<Failure | null>(null)
  let search = ''
  let isReading = () => false
  let isOpen = false
  let asked = 0

  async function load(words = search): Promise<void> {
    search = words
    await look(true)
  }

  async function look(anew = false): Promise<void> {
    asked += 1
    const turn = asked
    const answer = await call('phone.numbers', { search, limit: most })
    if (turn !== asked) return
    failure.value = answer.ok ? null : answer.error
    if (!answer.ok) return
    const now = answer.value.numbers
    const stays = !anew && isReading() && now.length > 0
    if (stays) {
      const known = new Map(now.map((one) => [one.number, one]))
      numbers.value = numbers.value.flatMap(({ number }) => known.get(number) ?? [])
      newer.value = now.findIndex(({ number }) => number === numbers.value[0]?.number)
      if (newer.value < 0) newer.value = now.length
    } else {
      numbers.value = now
      newer.value = 0
    }
    total.value = answer.value.total
    loaded.value = true
  }
  const turns = useTurns(look)

  function settle(): void {
    if (newer.value > 0 && !isReading()) void look(true)
  }

  /** The page says whether somebody reads; without an argument nobody looks at all. */
  function readBy(reading?: () => boolean): void {
    isOpen = reading !== undefined
    isReading = reading ?? (() => false)
  }

  const again = () => void (isOpen && turns.ask(false))
  onEvent('phone.changed', again)
  onEvent('host.resync', again)
  return { numbers, total, loaded, newer, failure, load, settle, readBy }
})
