import { computed, onUnmounted, reactive, ref, shallowRef } from 'vue'
import { defaultReplyWords, type ReplyWords } from '#shared/callbacks/reply-words.ts'
import { call, onEvent } from '../../../lib/api.ts'
import type { Failure } from '../../../lib/failure.ts'
import { useFeedback } from '../../../ui/feedback.ts'
import { draftOf, wordErrors, wordsOf } from './words-draft.ts'

const same = (one: ReplyWords, other: ReplyWords) => JSON.stringify(one) === JSON.stringify(other)

/** The words of replies as a form: what is saved, what is typed, and what is wrong with it. */
export function useWords() {
  const feedback = useFeedback()
  const saved = shallowRef<ReplyWords | null>(null)
  const draft = reactive(draftOf(defaultReplyWords))
  const failure = ref<Failure | null>(null)
  const saving = ref(false)
  /** Somebody saved others while this was typed. */
  const elsewhere = ref(false)

  const words = computed(() => wordsOf(draft))
  const errors = computed(() => wordErrors(words.value))
  const dirty = computed(() => saved.value !== null && !same(words.value, saved.value))
  const isDefault = computed(() => same(words.value, defaultReplyWords))

  function take(now: ReplyWords): void {
    saved.value = now
    elsewhere.value = false
    Object.assign(draft, draftOf(now))
  }

  async function load(): Promise<void> {
    const answer = await call('conversations.words')
    failure.value = answer.ok ? null : answer.error
    if (!answer.ok || saving.value || (saved.value && same(saved.value, answer.value))) return
    if (dirty.value) elsewhere.value = true
    else take(answer.value)
  }

  /** Answers whether they were. */
  async function save(): Promise<boolean> {
    if (saving.value || Object.keys(errors.value).length > 0) return false
    saving.value = true
    const answer = await call('conversations.setWords', words.value)
    saving.value = false
    failure.value = answer.ok ? null : answer.error
    if (!answer.ok) return false
    take(answer.value)
    feedback.say('Words saved')
    return true
  }

  async function discard(): Promise<void> {
    saved.value = null
    await load()
  }

  /** The answer to HELP is the user's own, and has no default. */
  function restore(): void {
    Object.assign(draft, draftOf({ ...defaultReplyWords, helpAnswer: draft.helpAnswer }))
  }

  void load()
  const ends = [
    onEvent('conversations.changed', ({ number }) => number === null && void load()),
    onEvent('host.resync', () => void load()),
  ]
  onUnmounted(() => ends.forEach((end) => end()))
  return {
    saved,
    draft,
    words,
    errors,
    dirty,
    isDefault,
    failure,
    saving,
    elsewhere,
    load,
    save,
    discard,
    restore,
  }
}
