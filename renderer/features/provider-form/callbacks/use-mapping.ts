import { computed, nextTick, ref } from 'vue'
import type { AnswerPiece } from '../answer/answer-line.ts'
import type { MenuItem } from '../../../ui/menu-item.ts'
import { useProviderForm } from '../use-provider-form.ts'
import type { FieldPiece } from './field-lines.ts'
import { foundWords } from './found-words.ts'
import { guessTimeForm } from './guesses.ts'
import { isMapped, mappingFormOf, type MappedKind } from './mapping-state.ts'
import { changeItems, fieldsOfKind, itemsPath, mappingUses, writeUse, type Written } from './mapping-uses.ts'
import { useCallbackSamples } from './use-callback-samples.ts'
import { useSampleReading } from './use-sample-reading.ts'

const kinds: readonly MappedKind[] = ['receipts', 'replies', 'clicks']
const recordsUse = 'itemsAt'

/** The mapping of the form, the callback that it is held against, and what a click on a value of that writes. */
export function useMapping() {
  const context = useProviderForm()
  const samples = useCallbackSamples()
  const { reading } = useSampleReading(samples.sample)
  const form = computed(() => context.form.callbacks)
  const kind = ref<MappedKind>(kinds.find((one) => isMapped(form.value, one)) ?? 'receipts')
  const fields = computed(() => fieldsOfKind(form.value, kind.value))
  /** The field that one was in last. */
  const last = ref('')
  const written = ref<(Written & { label: string; key: string }) | null>(null)

  const found = computed(() => (samples.decoded.value ? foundWords(samples.decoded.value, fields.value) : {}))
  const seen = computed(() => {
    const known = new Set(form.value.receipts.statuses.map(({ word }) => word.trim().toLowerCase()))
    const came = [...(reading.value?.items ?? []), ...samples.listed.value]
    const words = came.flatMap(({ word, state }) => (word !== null && state === null ? [word] : []))
    return [...new Set(words)].filter((word) => !known.has(word.toLowerCase())).slice(0, 12)
  })

  function begin(): void {
    const words = context.entry.value?.callbacks?.words
    if (!kinds.some((one) => isMapped(form.value, one))) context.form.callbacks = mappingFormOf(null, words)
    context.form.callbacks.on = true
  }

  /** The field that one was in comes first, so that Enter twice fills it. */
  function itemsFor(piece: AnswerPiece): MenuItem[] {
    if ((piece as FieldPiece).isList) return [{ key: recordsUse, label: 'Each entry is a record' }]
    const uses = mappingUses[kind.value].map(({ key, label }) => ({ key, label }))
    return uses.sort((one, other) => Number(other.key === last.value) - Number(one.key === last.value))
  }

  async function use(key: string, { place, value = '' }: FieldPiece): Promise<void> {
    const { value: decoded } = samples.decoded
    const wish = mappingUses[kind.value].find((one) => one.key === key)
    if (!place || !decoded) return
    if (key === recordsUse && place.in === 'whole') {
      const list = itemsPath(place.steps, decoded)
      if (list !== null) changeItems(fields.value, decoded, list)
      written.value = null
    } else if (wish) {
      const done = writeUse(fields.value, wish, place, decoded)
      written.value = done && { ...done, label: wish.label, key }
      if (key === 'time') form.value.timeForm = guessTimeForm(value) ?? form.value.timeForm
    }
    last.value = ''
    await focusField(key)
  }

  async function focusField(key: string): Promise<void> {
    await nextTick()
    document.querySelector<HTMLElement>(`[aria-label="Mapping"] [data-use="${key}"] input`)?.focus()
  }

  function readWhole(): void {
    if (samples.decoded.value) changeItems(fields.value, samples.decoded.value, '')
    else fields.value['itemsAt'] = ''
    written.value = null
  }

  function keepBoth(): void {
    const { value: done } = written
    if (done) fields.value[done.key] = `${done.before} || ${done.path}`
    written.value = null
  }

  return {
    ...samples,
    reading,
    kind,
    fields,
    last,
    written,
    found,
    seen,
    begin,
    itemsFor,
    use,
    readWhole,
    keepBoth,
  }
}
