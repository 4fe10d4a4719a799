import { reactive, ref, watch } from 'vue'
import { useDebounceFn } from '@vueuse/core'
import type { MessageSummary } from '#shared/message.ts'
import { call } from '../../../lib/api.ts'
import { sentenceOf } from '../../../lib/errors.ts'
import { draftOf, type CraftDraft } from './craft-draft.ts'
import { firstPretend, pretendOf } from './pretend-choices.ts'

/** Milliseconds without a key after which the request is made anew. */
const typingPause = 200
const newest = 50

/** "Pretend that…": the request by which a message's vendor would say it, made anew with each choice. */
export function usePretend(put: (draft: CraftDraft) => void) {
  const messageId = ref<string | null>(null)
  const messages = ref<MessageSummary[]>([])
  const choice = reactive(firstPretend())
  /** Why there is no such request. */
  const problem = ref<string | null>(null)
  let turns = 0

  async function load(id: string | null): Promise<void> {
    const [recent, named] = await Promise.all([
      call('messages.list', { providerId: null, before: null, limit: newest }),
      id === null ? null : call('messages.some', { ids: [id] }),
    ])
    const own = named?.ok ? named.value : []
    const others = recent.ok ? recent.value.messages.filter((one) => one.id !== id) : []
    messages.value = [...own, ...others]
    if (id !== null && own.length === 0) problem.value = 'This message is not there any more.'
    else messageId.value = id
  }

  async function fill(): Promise<void> {
    const id = messageId.value
    const pretend = pretendOf(choice)
    if (id === null || pretend === null) return
    turns += 1
    const turn = turns
    const answer = await call('callbacks.pretend', { id, pretend })
    if (turn !== turns) return
    problem.value = answer.ok
      ? null
      : answer.error.code === 'internal'
        ? sentenceOf(answer.error)
        : answer.error.message
    if (answer.ok) put(draftOf(answer.value))
  }

  watch(messageId, fill)
  watch(choice, useDebounceFn(fill, typingPause))
  return { messageId, messages, choice, problem, load }
}
