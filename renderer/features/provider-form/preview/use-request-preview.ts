import { computed, onUnmounted, ref, watch } from 'vue'
import { watchDebounced } from '@vueuse/core'
import type { RecordedRequest } from '#shared/attempt.ts'
import { readPhone, type CountryCode } from '#shared/phone.ts'
import type { PreviewInput } from '#shared/provider-tools.ts'
import { placeholderNamesOf } from '#shared/settings-texts.ts'
import { reconnections } from '../../../lib/connection.ts'
import { wordsOf } from '../../../lib/errors.ts'
import type { Failure } from '../../../lib/failure.ts'
import { useTestMessages } from '../../send/test-message-store.ts'
import { askedPlaceholders } from '../form-hints.ts'
import { usePreviews } from './preview-store.ts'
import { useProviderForm } from '../use-provider-form.ts'
import { endpointParts } from '../vendor-state.ts'

/** The request as the draft would send the test message, followed as both are typed. */
export function useRequestPreview() {
  const context = useProviderForm()
  const message = useTestMessages()
  const previews = usePreviews()
  /** The last one that could be made; while there is a problem it is out of date. */
  const request = ref<RecordedRequest | null>(null)
  const problem = ref<string | null>(null)
  const revealed = ref(false)
  let asked = 0

  const input = computed((): PreviewInput => {
    const { id, settings, secrets } = context.input.value
    return {
      draft: { id, settings, secrets },
      to: message.to.slice(0, 100),
      country: message.country,
      text: message.text.slice(0, 20_000),
      values: message.valuesFor(id, askedPlaceholders(settings)),
      reveal: revealed.value,
    }
  })

  /** Placeholders that are shown by their names, as nothing is given for them yet. */
  const missing = computed(() => {
    const { to, country, text, values } = input.value
    const names = Object.keys(values).filter((name) => values[name] === '')
    if (text === '') names.unshift('Body')
    if (!readPhone(to, country as CountryCode | null).ok) names.unshift('To')
    return names.filter((name) => used.value.includes(name))
  })
  const used = computed(() => placeholderNamesOf(context.input.value.settings))

  /** What the address still waits for: nothing is wrong with a form that has just been opened. */
  const waiting = computed(() => {
    const { endpoint } = context.input.value.settings
    if (endpoint === '') return 'an endpoint'
    const vendor = context.entry.value
    return (vendor && endpointParts(vendor, endpoint).find((part) => part.waiting)?.text) ?? null
  })

  async function look(): Promise<void> {
    asked += 1
    const turn = asked
    if (waiting.value !== null) return forget()
    const answer = await previews.preview(input.value)
    // An answer that comes after a newer question is about what is no longer typed.
    if (turn !== asked) return
    if (!answer.ok) problem.value = problemOf(answer.error)
    else if (answer.value.ok) {
      request.value = answer.value.request
      problem.value = null
    } else problem.value = answer.value.problem
  }

  function forget(): void {
    request.value = null
    problem.value = null
  }

  watch(
    () => context.form.id,
    (id) => void message.recall(id),
    { immediate: true },
  )
  watchDebounced(() => JSON.stringify(input.value), look, { debounce: 200, maxWait: 1000 })
  watch(revealed, (now) => {
    // What was spelt out is gone at once, not with the next answer.
    if (!now) request.value = null
    void look()
  })
  watch(reconnections, () => void look())
  void look()
  onUnmounted(() => (asked += 1))

  return { request, problem, revealed, missing, waiting }
}

function problemOf(failure: Failure): string {
  return failure.details.issues?.[0]?.message ?? wordsOf(failure).text
}
