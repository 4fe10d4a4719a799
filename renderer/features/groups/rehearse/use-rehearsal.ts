import { computed, onUnmounted, reactive, ref, shallowRef, watch } from 'vue'
import { useMediaQuery } from '@vueuse/core'
import type { Behaviour } from '#shared/failover/rehearse.ts'
import type { GroupMember, Policies } from '#shared/group.ts'
import { outcomeBrief } from '../../messages/outcome-brief.ts'
import { outcomeWords } from '../../messages/outcome-words.ts'
import {
  beginRehearsal,
  behaviourIn,
  membersNow,
  membersOf,
  outcomeOf,
  step as stepped,
  wait as waited,
  withoutSecret,
  type Behaviours,
} from './rehearsal.ts'
import { endWords } from './rehearse-words.ts'

/** Time between two steps of a run, in milliseconds: enough to be seen. */
const stepMs = 140

/** A rehearsal of the group as it is typed. It begins anew whenever its members, their order or a policy change. */
export function useRehearsal(members: () => GroupMember[], policies: () => Policies) {
  const chosen = reactive<Record<string, Behaviour>>({})
  /** It begins with each provider's real state, and not with all of them well. */
  const asTheyAre = ref(true)
  const behaviours = computed((): Behaviours => ({
    ...chosen,
    ...withoutSecret(members(), asTheyAre.value),
  }))
  const fresh = () => beginRehearsal(membersOf(members(), asTheyAre.value), Date.now())
  const state = shallowRef(fresh())
  const said = ref('')
  const still = useMediaQuery('(prefers-reduced-motion: reduce)')
  let timer: ReturnType<typeof setTimeout> | undefined

  const nameOf = (id: string) =>
    members().find(({ providerId }) => providerId === id)?.name ?? 'deleted provider'
  const rehearsal = computed(() => {
    const { run } = state.value
    return run ? outcomeOf(run, policies(), behaviours.value) : null
  })
  const current = computed(() => membersNow(state.value, rehearsal.value))
  const busy = computed(() => state.value.run !== null && !state.value.run.ended)
  const behaviourOf = (id: string) => behaviourIn(behaviours.value, id)
  /** Milliseconds on the rehearsal’s clock since it began. */
  const passed = computed(() => state.value.now - state.value.began)

  function stop(): void {
    clearTimeout(timer)
  }

  function step(): void {
    stop()
    state.value = stepped(state.value, policies(), behaviours.value)
    tell()
  }

  function runOn(): void {
    step()
    if (!busy.value) return
    if (still.value) runOn()
    else timer = setTimeout(runOn, stepMs)
  }

  function tell(): void {
    const { run: now } = state.value
    const whole = rehearsal.value
    if (!now || !whole) return
    const attempt = whole.attempts[now.shown - 1]
    const about = attempt
      ? `${nameOf(attempt.providerId)}: ${outcomeWords[attempt.outcome.class].word}, ${outcomeBrief(attempt.outcome.code)}.`
      : ''
    const end = now.ended ? endWords(whole, nameOf) : null
    said.value = [about, end ? `${end.title}. ${end.text}` : ''].filter(Boolean).join(' ')
  }

  function reset(): void {
    stop()
    state.value = fresh()
    said.value = ''
  }

  function wait(ms: number): void {
    stop()
    state.value = waited(state.value, ms)
  }

  watch(() => JSON.stringify([members().map(({ providerId }) => providerId), policies()]), reset)
  watch(asTheyAre, reset)
  onUnmounted(stop)

  return {
    choose: (id: string, behaviour: Behaviour) => void (chosen[id] = behaviour),
    behaviourOf,
    asTheyAre,
    state,
    rehearsal,
    current,
    busy,
    passed,
    said,
    nameOf,
    step,
    run: runOn,
    reset,
    wait,
  }
}
