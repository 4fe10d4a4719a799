import { reactive, ref, watch } from 'vue'
import type { CallbackSummary } from '#shared/callbacks/callback.ts'
import { call } from '../../../lib/api.ts'
import type { Failure } from '../../../lib/failure.ts'
import { useProviders } from '../../providers/providers-store.ts'
import { craftedOf } from '../detail/callback-request.ts'
import { useCallbacks } from '../callbacks-store.ts'
import { draftOf, emptyDraft, requestOf, type CraftDraft } from './craft-draft.ts'

/** A callback that is written by hand: a new one, or one that came, to be edited. */
export function useCraft(callback: () => string | null) {
  const providers = useProviders()
  const callbacks = useCallbacks()
  const draft = reactive<CraftDraft>(emptyDraft(null))
  const errors = ref<Record<string, string>>({})
  const failure = ref<Failure | null>(null)
  /** What is to be edited is there. */
  const ready = ref(false)
  const sending = ref(false)
  const done = ref<CallbackSummary | null>(null)
  let before = JSON.stringify(draft)

  const edited = () => JSON.stringify(draft) !== before

  /** In place of all that stands there. */
  function put(next: CraftDraft): void {
    Object.assign(draft, next)
    before = JSON.stringify(draft)
    errors.value = {}
    failure.value = null
    ready.value = true
  }

  async function load(): Promise<void> {
    const id = callback()
    if (id === null) {
      const wished = callbacks.shown.providerId ?? providers.byDefault?.id ?? providers.list[0]?.id ?? null
      return put(emptyDraft(wished))
    }
    const answer = await call('callbacks.get', { id })
    if (!answer.ok) failure.value = answer.error
    else {
      // One that came to an unknown address can be given to a provider.
      const { providerId } = answer.value
      put({ ...draftOf(craftedOf(providerId ?? '', answer.value)), providerId })
    }
  }

  async function send(): Promise<void> {
    const wanted = requestOf(draft)
    errors.value = wanted.ok ? {} : wanted.errors
    if (!wanted.ok || sending.value) return
    sending.value = true
    const answer = await call('callbacks.craft', wanted.request)
    sending.value = false
    failure.value = answer.ok ? null : answer.error
    if (!answer.ok) return
    done.value = answer.value
    before = JSON.stringify(draft)
  }

  // What is wrong is told again when one tries again; what came of the last one is no longer of this.
  watch(draft, () => {
    errors.value = {}
    done.value = null
  })
  return { draft, ready, errors, failure, sending, done, edited, put, load, send }
}
