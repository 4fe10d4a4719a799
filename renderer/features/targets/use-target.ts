import { computed, onUnmounted, ref, watch } from 'vue'
import type { Target, TargetView } from '#shared/target.ts'
import { genericKind } from '#shared/provider.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Failure } from '../../lib/failure.ts'
import { useSimulatedNumbers } from '../catalogue/simulated-numbers.ts'

/** What is known of a target: where the message would go, whose values it wants, and what the simulator makes of it. */
export function useTarget(target: () => Target | null, number: () => { to: string; country: string | null }) {
  const view = ref<TargetView | null>(null)
  const failure = ref<Failure | null>(null)
  /** A number matters to the way by its country alone. */
  const input = computed(() => {
    const wanted = target()
    if (wanted === null) return null
    const { to, country } = wanted.kind === 'route' ? number() : { to: '', country: null }
    return { target: wanted, to: to.slice(0, 100), country }
  })

  let asked = 0
  async function load(): Promise<void> {
    asked += 1
    const turn = asked
    if (input.value === null) return
    const answer = await call('messages.target', input.value)
    if (turn !== asked) return
    failure.value = answer.ok ? null : answer.error
    view.value = answer.ok ? answer.value : null
  }
  watch(() => JSON.stringify(input.value), load, { immediate: true })
  const ends = [
    onEvent('providers.changed', () => void load()),
    onEvent('groups.changed', () => void load()),
    onEvent('host.resync', () => void load()),
  ]
  onUnmounted(() => ends.forEach((end) => end()))

  const members = computed(() => view.value?.providers ?? [])
  const simulated = computed(() => members.value.length > 0 && members.value.every((one) => one.simulated))
  const outcomes = useSimulatedNumbers(() => ({
    kind: members.value[0]?.kind ?? genericKind,
    api: members.value[0]?.api ?? '',
    simulated: simulated.value,
  }))
  /** Where the way by the country leads. */
  const hint = computed(() =>
    target()?.kind === 'route' && view.value ? `Goes through ${view.value.name}` : undefined,
  )
  return { view, failure, load, simulated, outcomes, hint, asked: computed(() => view.value?.asked ?? []) }
}
