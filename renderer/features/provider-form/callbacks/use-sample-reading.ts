import { computed, onUnmounted, shallowRef, watch, type Ref } from 'vue'
import type { CommandInput } from '#shared/contract.ts'
import { callbackMappingSchema, type CallbackMapping } from '#shared/callbacks/format.ts'
import type { ReadCallback } from '#shared/callbacks/callback.ts'
import { placeIssue } from '#shared/callbacks/place-issue.ts'
import { call } from '../../../lib/api.ts'
import { useProviderForm } from '../use-provider-form.ts'
import { mappingOf } from './mapping-state.ts'
import type { CallbackSample } from './use-callback-samples.ts'

const pauseMs = 150
const limits = { body: 256 * 1024, query: 16_000, contentType: 200, place: 500 }

/** What the mapping, as it is typed, reads from the sample. The last reading stands until the next is there. */
export function useSampleReading(sample: Ref<CallbackSample | null>) {
  const context = useProviderForm()
  const reading = shallowRef<ReadCallback | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let current = 0

  const input = computed((): CommandInput<'callbacks.readSample'> | null => {
    if (!sample.value) return null
    const { method, query, contentType, body } = sample.value
    const { kind, vendor } = context.form
    return {
      mapping: readable(mappingOf(context.form.callbacks)),
      vendor: vendor && { kind, api: vendor.api },
      method,
      query: query.slice(0, limits.query),
      contentType: contentType.slice(0, limits.contentType),
      body: body.slice(0, limits.body),
    }
  })

  watch(
    () => JSON.stringify(input.value),
    (_now, before) => {
      clearTimeout(timer)
      current += 1
      if (input.value === null) reading.value = null
      else timer = setTimeout(read, before === undefined || reading.value === null ? 0 : pauseMs)
    },
    { immediate: true },
  )
  onUnmounted(() => clearTimeout(timer))

  async function read(): Promise<void> {
    const number = current
    if (!input.value) return
    const answer = await call('callbacks.readSample', input.value)
    if (number === current) reading.value = answer.ok ? answer.value : null
  }

  return { reading }
}

/** Without what is wrong with it, which its fields say. How it is answered does not matter to what is read. */
function readable(mapping: CallbackMapping | null): CallbackMapping | null {
  if (mapping === null) return null
  const { receipts, replies, clicks, zone } = mapping
  const words = new Map(receipts?.statuses.map((one) => [one.word, one]))
  return {
    ...mapping,
    receipts: receipts && { ...sound(receipts), statuses: [...words.values()].slice(0, 100) },
    replies: replies && sound(replies),
    clicks: clicks && sound(clicks),
    zone: callbackMappingSchema.shape.zone.safeParse(zone).success ? zone : '+00:00',
    answer: { status: 200, contentType: '', body: '' },
  }
}

function sound<Places extends object>(places: Places): Places {
  const isWrong = (text: unknown) =>
    typeof text === 'string' && (text.length > limits.place || placeIssue(text) !== null)
  return Object.fromEntries(
    Object.entries(places).map(([key, text]: [string, unknown]) => [key, isWrong(text) ? '' : text]),
  ) as Places
}
