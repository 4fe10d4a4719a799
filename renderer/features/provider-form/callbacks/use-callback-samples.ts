import { computed, onUnmounted, ref, shallowRef, watch } from 'vue'
import type { CallbackDetails, CallbackSummary } from '#shared/callbacks/callback.ts'
import { decodeCallback, type RawCallback } from '#shared/callbacks/read/decode.ts'
import { call, onEvent } from '../../../lib/api.ts'
import { useProviderForm } from '../use-provider-form.ts'

/** A request that a mapping is held against. */
export interface CallbackSample extends RawCallback {
  method: 'GET' | 'POST'
  /** The callback that it is; null when it was pasted. */
  from: { id: string; at: number } | null
}

const mostListed = 20

/** The newest callbacks of the provider, live, and one of them, or a pasted one, to look at. */
export function useCallbackSamples() {
  const context = useProviderForm()
  const listed = shallowRef<CallbackSummary[]>([])
  const real = shallowRef<CallbackSample | null>(null)
  const pasted = shallowRef<CallbackSample | null>(null)
  const sample = computed(() => pasted.value ?? real.value)
  const decoded = computed(() => sample.value && decodeCallback(sample.value))
  const isNewer = computed(() => {
    const [newest] = listed.value
    return newest !== undefined && real.value !== null && newest.id !== real.value.from?.id
  })
  const asked = ref(0)

  async function load(): Promise<void> {
    const providerId = context.saved.value?.id
    if (providerId === undefined) return
    const filter = { kind: null, effects: [], troubled: false, search: '', cursor: null }
    const answer = await call('callbacks.list', { ...filter, providerId, limit: mostListed })
    if (!answer.ok || providerId !== context.saved.value?.id) return
    listed.value = answer.value.callbacks.filter(({ method }) => method === 'GET' || method === 'POST')
    // What one looks at stays, whatever comes.
    const [newest] = listed.value
    if (newest && real.value === null) await show(newest.id)
  }

  async function show(id: string): Promise<void> {
    const number = ++asked.value
    const answer = await call('callbacks.get', { id })
    if (number !== asked.value || !answer.ok) return
    real.value = sampleOf(answer.value)
    pasted.value = null
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  function later(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      void load()
    }, 250)
  }
  const ends = [
    onEvent('callback.received', ({ providerId }) => providerId === context.form.id && later()),
    onEvent('callbacks.changed', later),
    onEvent('host.resync', later),
  ]
  onUnmounted(() => {
    clearTimeout(timer)
    for (const end of ends) end()
  })
  watch(
    () => context.saved.value?.id,
    () => {
      listed.value = []
      real.value = null
      pasted.value = null
      void load()
    },
    { immediate: true },
  )

  return { listed, real, pasted, sample, decoded, isNewer, show }
}

function sampleOf({ id, receivedAt, request }: CallbackDetails): CallbackSample {
  const { method, target, headers, body } = request
  const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')
  return {
    method: method === 'GET' ? 'GET' : 'POST',
    query: target.includes('?') ? target.slice(target.indexOf('?') + 1) : '',
    contentType: type?.value ?? '',
    body,
    from: { id, at: receivedAt },
  }
}
