import { computed, inject, provide, reactive, ref, shallowRef, watch, type InjectionKey } from 'vue'
import type { Group } from '#shared/group.ts'
import { reconnections } from '../../lib/connection.ts'
import type { Failure } from '../../lib/failure.ts'
import { useSavedElsewhere } from '../../ui/saved-elsewhere.ts'
import { useFormErrors } from '../provider-form/form-errors.ts'
import { groupDifferences } from './group-differences.ts'
import { checkGroup, emptyGroup, formOfGroup, inputOfGroup, type GroupForm } from './group-form-state.ts'
import { useGroups } from './groups-store.ts'
import { useMembers } from './use-members.ts'

/** A group's form: its state, what is wrong with it, and its way to the store. One for each open drawer. */
export function createGroupForm() {
  const groups = useGroups()
  const members = useMembers()
  const form = reactive<GroupForm>(emptyGroup())
  /** The form before anybody typed. What is saved takes its place. */
  const fresh = shallowRef<GroupForm>(emptyGroup())
  const saved = ref<Group | null>(null)
  const failure = ref<Failure | null>(null)
  const saving = ref(false)
  const started = ref(false)
  let loads = 0

  const input = computed(() => inputOfGroup(form))
  const baseline = computed(() => ({
    ...inputOfGroup(saved.value ? formOfGroup(saved.value) : fresh.value),
    id: form.id,
  }))
  const dirty = computed(() => JSON.stringify(input.value) !== JSON.stringify(baseline.value))
  const issues = computed(() => checkGroup(input.value))
  const errors = useFormErrors(issues)
  const differencesFrom = (stored: Group) =>
    groupDifferences(input.value, stored, (id) => members.memberOf(id).name)
  const others = useSavedElsewhere({ saved, dirty, saving, take, get: groups.get, differencesFrom })

  function put(next: GroupForm, group: Group | null): void {
    started.value = true
    saved.value = group
    Object.assign(form, next)
    errors.forget()
    failure.value = null
    others.elsewhere.value = null
  }

  function take(group: Group): void {
    put(formOfGroup(group), group)
  }

  function begin(): void {
    loads += 1
    fresh.value = emptyGroup()
    put(structuredClone(fresh.value), null)
  }

  /** Only the newest wish counts: an answer that comes after another one was made is about another form. */
  async function load(id: string): Promise<void> {
    loads += 1
    const turn = loads
    started.value = false
    const answer = await groups.get(id)
    if (turn !== loads) return
    if (answer.ok) take(answer.value)
    else failure.value = answer.error
  }

  async function save(): Promise<boolean> {
    if (!errors.check(true) || saving.value) return false
    saving.value = true
    const turn = loads
    const sent = input.value
    const basedOn = saved.value ? { basedOn: saved.value.updatedAt } : {}
    const answer = await groups.save({ ...sent, ...basedOn })
    saving.value = false
    if (turn !== loads) return false
    if (!answer.ok) await showFailure(answer.error)
    else if (JSON.stringify(input.value) === JSON.stringify(sent)) take(answer.value)
    else keepTyping(answer.value)
    return answer.ok
  }

  /** What was typed while the save was on its way stays, as a change of what is saved now. */
  function keepTyping(group: Group): void {
    saved.value = group
    failure.value = null
    others.elsewhere.value = null
  }

  async function showFailure(seen: Failure): Promise<void> {
    const found = seen.details.issues ?? []
    errors.tell(found)
    failure.value = found.length > 0 ? null : seen
    if (seen.code !== 'changed_elsewhere' && seen.code !== 'not_found') return
    await others.look()
    if (others.elsewhere.value) failure.value = null
  }

  /** What is wrong with a field or anything in it, such as one of its countries. */
  function errorsUnder(path: string): string[] {
    return Object.entries(errors.shown.value)
      .filter(([at]) => at === path || at.startsWith(`${path}.`))
      .map(([, message]) => message)
  }

  /** An edited list has other places: what was told of its entries is over. */
  function editedUnder(path: string): void {
    for (const at of Object.keys(errors.shown.value))
      if (at === path || at.startsWith(`${path}.`)) errors.edited(at)
  }

  // What is said of the connection is over with it.
  watch(reconnections, () => {
    if (failure.value?.code === 'connection_lost') failure.value = null
  })

  return {
    form,
    started,
    saved,
    input,
    dirty,
    failure,
    saving,
    others,
    members,
    shownErrors: errors.shown,
    errorsUnder,
    editedUnder,
    touch: errors.touch,
    edited: errors.edited,
    begin,
    load,
    save,
  }
}

export type GroupFormContext = ReturnType<typeof createGroupForm>
const key: InjectionKey<GroupFormContext> = Symbol('group form')

export function provideGroupForm(): GroupFormContext {
  const context = createGroupForm()
  provide(key, context)
  return context
}

export function useGroupForm(): GroupFormContext {
  const context = inject(key)
  if (!context) throw new Error('A part of the group form stands outside of it.')
  return context
}
