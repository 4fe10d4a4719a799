import { computed, inject, provide, reactive, ref, shallowRef, type InjectionKey } from 'vue'
import type { Group } from '#shared/group.ts'
import { useFormErrors } from '../../ui/form-errors.ts'
import { useSavedForm } from '../../ui/use-saved-form.ts'
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

  const input = computed(() => inputOfGroup(form))
  const baseline = computed(() => ({
    ...inputOfGroup(saved.value ? formOfGroup(saved.value) : fresh.value),
    id: form.id,
  }))
  const issues = computed(() => checkGroup(input.value))
  const errors = useFormErrors(issues)
  const { put, wish, ...way } = useSavedForm({
    form,
    saved,
    formOf: formOfGroup,
    input,
    baseline,
    errors,
    get: groups.get,
    send: groups.save,
    tell: errors.tell,
    differencesFrom: (stored) => groupDifferences(input.value, stored, (id) => members.memberOf(id).name),
  })

  function begin(): void {
    wish()
    fresh.value = emptyGroup()
    put(structuredClone(fresh.value), null)
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

  return {
    ...way,
    form,
    saved,
    input,
    members,
    shownErrors: errors.shown,
    errorsUnder,
    editedUnder,
    touch: errors.touch,
    edited: errors.edited,
    begin,
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
