import { computed, reactive, ref } from 'vue'
import { defineStore } from 'pinia'
import { call } from '../../lib/api.ts'
import { useApp } from '../app/app-store.ts'

type Values = Record<string, string>

/**
 * The message that Send Test SMS is about to send. It outlives the panel, and the preview of the request is made with
 * it. It starts with what was sent last; values of custom placeholders are kept for each provider.
 */
export const useTestMessages = defineStore('test message', () => {
  const app = useApp()
  const typed = reactive<{ to: string | null; text: string | null; country?: string | null }>({
    to: null,
    text: null,
  })
  const typedValues = ref<Record<string, Values>>({})
  const lastValues = ref<Record<string, Values>>({})

  const to = computed({
    get: () => typed.to ?? app.preferences.testNumber,
    set: (number) => (typed.to = number),
  })
  const text = computed({
    get: () => typed.text ?? app.preferences.testText,
    set: (now) => (typed.text = now),
  })
  const country = computed({
    get: () => (typed.country === undefined ? app.preferences.defaultCountry : typed.country),
    set: (code) => (typed.country = code),
  })

  /** Asks for the values of the last messages of providers, the first of which go before; they are kept under `id`. */
  async function recall(id: string, providerIds: readonly string[] = [id]): Promise<void> {
    const answers = await Promise.all(
      providerIds.map((providerId) => call('messages.lastValues', { providerId })),
    )
    const found = answers.flatMap((answer) => (answer.ok ? [answer.value] : [])).toReversed()
    lastValues.value = { ...lastValues.value, [id]: Object.assign({}, ...found) as Values }
  }

  const isRecalled = (providerId: string, name: string) =>
    typedValues.value[providerId]?.[name] === undefined && Boolean(lastValues.value[providerId]?.[name])

  function valueOf(providerId: string, name: string): string {
    return typedValues.value[providerId]?.[name] ?? lastValues.value[providerId]?.[name] ?? ''
  }

  function setValue(providerId: string, name: string, value: string): void {
    typedValues.value = {
      ...typedValues.value,
      [providerId]: { ...typedValues.value[providerId], [name]: value },
    }
  }

  const valuesFor = (providerId: string, names: readonly string[]): Values =>
    Object.fromEntries(names.map((name) => [name, valueOf(providerId, name)]))

  /** The number in E.164, so that it reads the same whatever country is chosen next time. */
  function remember(number: string): void {
    const { testNumber, testText } = app.preferences
    if (number !== testNumber || text.value !== testText)
      void app.prefer({ testNumber: number, testText: text.value })
  }

  return { to, text, country, recall, isRecalled, valueOf, setValue, valuesFor, remember }
})
