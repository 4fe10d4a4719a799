import { computed, onMounted, ref, watch } from 'vue'
import type { MessageStory } from '#shared/message.ts'
import { useSending } from '../../send/sending-store.ts'
import { useFormTools } from '../form-tools.ts'
import { useProviderForm } from '../use-provider-form.ts'

/** An answer that the rules are held against. */
export interface AnswerSample {
  status: number
  statusText: string
  contentType: string
  body: string
  /** The test that it came to; null when it was pasted. */
  from: { messageId: string; at: number } | null
}

/** The newest real answer of this provider, or one that was pasted by hand. */
export function useAnswerSample() {
  const context = useProviderForm()
  const tools = useFormTools()
  const sending = useSending()
  const real = ref<AnswerSample | null>(null)
  const pasted = ref<AnswerSample | null>(null)
  const sample = computed(() => pasted.value ?? real.value)

  async function loadLast(): Promise<void> {
    const id = context.saved.value?.id
    if (id === undefined) return
    const story = await tools.lastAnswered(id)
    if (context.form.id === id) real.value ??= story && sampleOf(story)
  }
  onMounted(loadLast)
  watch(
    () => context.form.id,
    () => {
      real.value = null
      pasted.value = null
      void loadLast()
    },
  )
  // What is sent from beside the form is the newest there is, and what one wants to look at.
  watch(
    () => sending.now?.story,
    (story) => {
      const found = story?.providerId === context.form.id ? sampleOf(story) : null
      if (!found) return
      real.value = found
      pasted.value = null
    },
  )

  return { sample, real, pasted }
}

function sampleOf(story: MessageStory): AnswerSample | null {
  const attempt = story.story.findLast(({ response }) => response !== null)
  if (!attempt?.response) return null
  const { status, statusText, headers, body } = attempt.response
  const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')
  const from = { messageId: story.id, at: attempt.startedAt }
  return { status, statusText, contentType: type?.value ?? '', body, from }
}
