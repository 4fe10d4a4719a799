import { computed, onUnmounted, ref, watch, type Ref } from 'vue'
import type { AnswerReading, Found, ReadAnswerInput } from '#shared/provider-tools.ts'
import { settingsOf } from '../form-settings.ts'
import { useFormTools } from '../form-tools.ts'
import { useProviderForm } from '../use-provider-form.ts'
import type { AnswerSample } from './use-answer-sample.ts'

const pauseMs = 150
const longestBody = 300_000
const longestShown = 120

export type FoundField = 'body' | 'messageId' | 'errorCode' | 'errorText'

/** What the rules, as they are typed, make of the answer. The last reading stands until the next is there. */
export function useAnswerReading(sample: Ref<AnswerSample | null>) {
  const context = useProviderForm()
  const tools = useFormTools()
  const reading = ref<AnswerReading | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let current = 0

  const input = computed((): ReadAnswerInput | null => {
    if (!sample.value) return null
    const { success, reading: paths, codes } = settingsOf(context.form)
    const { from, to } = context.form.status
    const { status, contentType, body } = sample.value
    return {
      success: { ...success, statusFrom: from === '' ? null : from, statusTo: to === '' ? null : to },
      reading: paths,
      codes,
      answer: { status, contentType, body: body.slice(0, longestBody) },
    }
  })

  watch(
    () => JSON.stringify(input.value),
    (_now, before) => {
      clearTimeout(timer)
      if (input.value === null) reading.value = null
      else timer = setTimeout(read, before === undefined || reading.value === null ? 0 : pauseMs)
    },
    { immediate: true },
  )
  onUnmounted(() => clearTimeout(timer))

  async function read(): Promise<void> {
    const number = ++current
    if (!input.value) return
    const answer = await tools.readAnswer(input.value)
    if (number === current && input.value) reading.value = answer.ok ? answer.value : null
  }

  /** What stands below a field; nothing while there is no answer or nothing is looked for. */
  function foundBy(field: FoundField): string | undefined {
    return reading.value ? wordsOf(reading.value[field]) : undefined
  }

  return { reading, foundBy }
}

function wordsOf({ value, problem }: Found): string | undefined {
  if (problem !== null) return problem
  if (value === null) return undefined
  const shown = value.length > longestShown ? `${value.slice(0, longestShown)}…` : value
  return shown === '' ? 'Found: an empty text' : `Found: ${shown}`
}
