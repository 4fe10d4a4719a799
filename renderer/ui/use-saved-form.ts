import { computed, ref, watch, type Reactive, type Ref } from 'vue'
import type { FieldIssue } from '#shared/errors.ts'
import { reconnections } from '../lib/connection.ts'
import type { Answer, Failure } from '../lib/failure.ts'
import type { useFormErrors } from './form-errors.ts'
import { useSavedElsewhere, type Difference } from './saved-elsewhere.ts'

interface Stored {
  id: string
  updatedAt: number
}

export interface SavedForm<T extends Stored, Form extends object, Input extends object> {
  form: Reactive<Form>
  /** What the form edits; null for something new. */
  saved: Ref<T | null>
  formOf: (stored: T) => Form
  /** What a save sends now. */
  input: Readonly<Ref<Input>>
  /** The same of the form before anybody typed. */
  baseline: Readonly<Ref<Input>>
  errors: Pick<ReturnType<typeof useFormErrors>, 'check' | 'forget'>
  get: (id: string) => Promise<Answer<T>>
  send: (input: Input & { basedOn?: number }) => Promise<Answer<T>>
  /** Shows what the workbench finds wrong. */
  tell: (issues: readonly FieldIssue[]) => void
  differencesFrom: (stored: T) => Difference[]
  /** Whether something is typed that the differences cannot show, such as a secret. */
  hasHidden?: () => boolean
  /** The fields are those of what is stored. */
  taken?: () => void
  /** `sent` is saved, and the fields hold more than that. */
  kept?: (sent: Input) => void
  /** What is edited is another thing, or another version of it. */
  replaced?: () => void
}

/** A form's way from the store and back, and what is between: changes, failures, and other windows. */
export function useSavedForm<T extends Stored, Form extends object, Input extends object>(
  plan: SavedForm<T, Form, Input>,
) {
  const { form, saved, input, baseline, errors } = plan
  const failure = ref<Failure | null>(null)
  const saving = ref(false)
  /** Not while what is edited is still on the way, or could not be had. */
  const started = ref(false)
  let loads = 0

  const dirty = computed(() => JSON.stringify(input.value) !== JSON.stringify(baseline.value))
  const { get, differencesFrom, hasHidden } = plan
  const others = useSavedElsewhere({
    saved,
    dirty,
    saving,
    take,
    get,
    differencesFrom,
    ...(hasHidden ? { hasHidden } : {}),
  })

  function put(next: Form, stored: T | null): void {
    started.value = true
    Object.assign(form, next)
    errors.forget()
    isNow(stored)
  }

  function isNow(stored: T | null): void {
    saved.value = stored
    failure.value = null
    others.elsewhere.value = null
    plan.replaced?.()
  }

  function take(stored: T): void {
    put(plan.formOf(stored), stored)
    plan.taken?.()
  }

  /** Only the newest wish counts: answers with what tells whether this one still is. */
  function wish(): () => boolean {
    loads += 1
    const turn = loads
    return () => turn === loads
  }

  async function load(id: string): Promise<void> {
    const isNewest = wish()
    started.value = false
    const answer = await get(id)
    if (!isNewest()) return
    if (answer.ok) take(answer.value)
    else failure.value = answer.error
  }

  async function save(): Promise<boolean> {
    if (!errors.check(true) || saving.value) return false
    saving.value = true
    const turn = loads
    const sent = input.value
    const basedOn = saved.value ? { basedOn: saved.value.updatedAt } : {}
    const answer = await plan.send({ ...sent, ...basedOn })
    saving.value = false
    if (turn !== loads) return false
    if (!answer.ok) await showFailure(answer.error)
    else if (JSON.stringify(input.value) === JSON.stringify(sent)) take(answer.value)
    else keepTyping(answer.value, sent)
    return answer.ok
  }

  /** What was typed while the save was on its way stays, as a change of what is saved now. */
  function keepTyping(stored: T, sent: Input): void {
    isNow(stored)
    plan.kept?.(sent)
  }

  async function showFailure(seen: Failure): Promise<void> {
    const found = seen.details.issues ?? []
    plan.tell(found)
    failure.value = found.length > 0 ? null : seen
    if (seen.code !== 'changed_elsewhere' && seen.code !== 'not_found') return
    await others.look()
    if (others.elsewhere.value) failure.value = null
  }

  // What is said of the connection is over with it.
  watch(reconnections, () => {
    if (failure.value?.code === 'connection_lost') failure.value = null
  })

  return { failure, saving, started, dirty, others, put, wish, load, save, take }
}
