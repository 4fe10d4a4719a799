import { computed, reactive, ref, watch } from 'vue'
import type { MessageStory } from '#shared/message.ts'
import type { SendInput } from '#shared/send-input.ts'
import { isSystemPlaceholder } from '#shared/placeholders.ts'
import { mayHaveArrived } from '#shared/story/settling.ts'
import type { Target } from '#shared/target.ts'
import { call } from '../../lib/api.ts'
import type { Failure } from '../../lib/failure.ts'
import { useGroups } from '../groups/groups-store.ts'
import { useProviders } from '../providers/providers-store.ts'
import { useSending } from '../send/sending-store.ts'
import { wishedTarget } from '../targets/target-choices.ts'
import { useTarget } from '../targets/use-target.ts'

/** The same message once more: its number, text and values, through what it went through or something else. */
export function useRunAgain(id: string) {
  const providers = useProviders()
  const groups = useGroups()
  const sending = useSending()
  const story = ref<MessageStory | null>(null)
  const failure = ref<Failure | null>(null)
  const picked = ref<Target | null>(null)
  const typed = reactive<Record<string, string>>({})
  const submitted = ref(false)

  async function load(): Promise<void> {
    const answer = await call('messages.get', { id })
    failure.value = answer.ok ? null : answer.error
    if (answer.ok) story.value = answer.value
  }
  void load()
  sending.clear()

  /** What it went through, where that is still there. */
  const chosen = computed({
    get: () => {
      if (picked.value || !story.value) return picked.value
      const { groupId, providerId } = story.value
      return wishedTarget(groupId ?? providerId ?? '', groups.list, providers.list)
    },
    set: (target) => (picked.value = target),
  })
  const target = useTarget(
    () => chosen.value,
    () => ({ to: story.value?.to ?? '', country: null }),
  )
  const values = computed(() => {
    const own = { ...story.value?.values, ...typed }
    return Object.fromEntries(target.asked.value.map((name) => [name, own[name] ?? '']))
  })
  const setValue = (name: string, value: string) => (typed[name] = value)
  const errorOf = (name: string) =>
    submitted.value && values.value[name] === '' && !isSystemPlaceholder(name)
      ? `Enter a value for $$${name}.`
      : undefined
  /** Somebody may get it a second time. */
  const mayDouble = computed(
    () =>
      story.value !== null &&
      !story.value.simulated &&
      !target.simulated.value &&
      mayHaveArrived(story.value),
  )
  watch(chosen, () => sending.clear())

  /** The new message's id, once it is over; null where nothing was sent. */
  async function send(): Promise<string | null> {
    submitted.value = true
    if (!story.value || !chosen.value || target.asked.value.some((name) => errorOf(name))) return null
    const { to, text, test } = story.value
    const about: Omit<SendInput, 'key' | 'provider'> = { to, country: null, text, values: values.value, test }
    await sending.send({ key: crypto.randomUUID(), provider: chosen.value, ...about, runOf: id })
    return sending.now?.story?.id ?? null
  }

  return { story, failure, load, chosen, target, values, setValue, errorOf, mayDouble, send, sending }
}
