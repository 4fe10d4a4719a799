import { computed, ref, watch } from 'vue'
import { storeToRefs } from 'pinia'
import { maximumTextLength, type SendInput } from '#shared/send-input.ts'
import { readPhone, type CountryCode } from '#shared/phone.ts'
import { isSystemPlaceholder } from '#shared/placeholders.ts'
import { useTestMessages } from './test-message-store.ts'

/** Those of the system that nobody fills in are empty; custom ones are mandatory. */
export const isOptional = isSystemPlaceholder

/** The message as the panel shows it for one provider, and what is wrong with it. */
export function useTestMessage(
  providerId: () => string | null,
  asked: () => string[],
  recallFrom: () => readonly string[] | undefined = () => undefined,
) {
  const store = useTestMessages()
  const { to, text, country } = storeToRefs(store)
  const submitted = ref(false)

  const reading = computed(() => readPhone(to.value, country.value as CountryCode | null))
  const values = computed(() => store.valuesFor(providerId() ?? '', asked()))
  const errors = computed(() => {
    const found: Record<string, string> = {}
    if (!reading.value.ok) found['to'] = reading.value.message
    if (text.value === '') found['text'] = 'Write the text of the message.'
    if (text.value.length > maximumTextLength)
      found['text'] = `Keep the text to ${maximumTextLength} characters.`
    for (const name of asked()) {
      if (!isOptional(name) && values.value[name] === '')
        found[`values.${name}`] = `Enter a value for $$${name}.`
    }
    return found
  })

  watch(providerId, (id) => id !== null && void store.recall(id, recallFrom()), { immediate: true })

  function check(): boolean {
    submitted.value = true
    return Object.keys(errors.value).length === 0
  }

  function input(): Omit<SendInput, 'key' | 'provider'> {
    return {
      to: to.value,
      country: country.value,
      text: text.value,
      values: values.value,
      test: true,
    }
  }

  const remember = () => store.remember(reading.value.ok ? reading.value.number.e164 : to.value)
  const isRecalled = (name: string) => store.isRecalled(providerId() ?? '', name)
  const setValue = (name: string, value: string) => store.setValue(providerId() ?? '', name, value)

  return { to, text, country, values, submitted, errors, check, input, remember, isRecalled, setValue }
}
