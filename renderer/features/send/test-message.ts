import { computed, reactive, ref } from 'vue'
import { maximumTextLength, type SendInput } from '#shared/message.ts'
import { readPhone, type CountryCode } from '#shared/phone.ts'
import { useApp } from '../app/app-store.ts'

/** The message that Send Test SMS is about to send; it starts with what was sent last. */
export function useTestMessage(asked: () => string[]) {
  const app = useApp()
  const to = ref(app.preferences.testNumber)
  const text = ref(app.preferences.testText)
  const country = ref<string | null>(app.preferences.defaultCountry)
  const values = reactive<Record<string, string>>({})
  const submitted = ref(false)

  const reading = computed(() => readPhone(to.value, country.value as CountryCode | null))
  const errors = computed(() => {
    const found: Record<string, string> = {}
    if (!reading.value.ok) found['to'] = reading.value.message
    if (text.value === '') found['text'] = 'Write the text of the message.'
    if (text.value.length > maximumTextLength)
      found['text'] = `Keep the text to ${maximumTextLength} characters.`
    for (const name of asked()) if (!values[name]) found[`values.${name}`] = `Enter a value for $$${name}.`
    return found
  })

  function check(): boolean {
    submitted.value = true
    return Object.keys(errors.value).length === 0
  }

  function input(): Omit<SendInput, 'key' | 'provider'> {
    const given = asked().map((name): [string, string] => [name, values[name] ?? ''])
    return {
      to: to.value,
      country: country.value,
      text: text.value,
      values: Object.fromEntries(given),
      test: true,
    }
  }

  /** In E.164, so that it reads the same whatever country is chosen next time. */
  function remember(): void {
    const number = reading.value.ok ? reading.value.number.e164 : to.value
    const { testNumber, testText } = app.preferences
    if (number !== testNumber || text.value !== testText)
      void app.prefer({ testNumber: number, testText: text.value })
  }

  return { to, text, country, values, submitted, errors, check, input, remember }
}
