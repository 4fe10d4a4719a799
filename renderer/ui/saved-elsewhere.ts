import { computed, ref, type Ref } from 'vue'
import type { Answer } from '../lib/failure.ts'

/** A field in which two versions differ, by its name on the page, and what each says there. */
export interface Difference {
  field: string
  mine: string
  theirs: string
}

interface Saved {
  id: string
  updatedAt: number
}

export interface FormParts<T extends Saved> {
  saved: Ref<T | null>
  dirty: Readonly<Ref<boolean>>
  saving: Readonly<Ref<boolean>>
  take: (stored: T) => void
  get: (id: string) => Promise<Answer<T>>
  /** Where what is typed and what is stored differ. */
  differencesFrom: (stored: T) => Difference[]
  /** Whether something is typed that the differences cannot show, such as a secret. */
  hasHidden?: () => boolean
}

/** What another window made of the thing that a form edits. */
export function useSavedElsewhere<T extends Saved>(form: FormParts<T>) {
  const { saved, dirty, saving, take, get, differencesFrom, hasHidden } = form
  const elsewhere = ref<{ kind: 'changed'; stored: T } | { kind: 'deleted' } | null>(null) as Ref<
    { kind: 'changed'; stored: T } | { kind: 'deleted' } | null
  >
  const differences = computed(() =>
    elsewhere.value?.kind === 'changed' ? differencesFrom(elsewhere.value.stored) : [],
  )

  /** Reads the stored version: a form without changes follows it, one with changes is told of it. */
  async function look(): Promise<void> {
    const { value: edited } = saved
    if (!edited || saving.value) return
    const answer = await get(edited.id)
    // The answer is about the form as it was when it was asked for.
    if (saved.value?.id !== edited.id || saved.value.updatedAt !== edited.updatedAt || saving.value) return
    if (answer.ok) compare(edited, answer.value)
    else if (answer.error.code === 'not_found') elsewhere.value = { kind: 'deleted' }
  }

  function compare(edited: T, stored: T): void {
    if (stored.updatedAt === edited.updatedAt) saved.value = stored
    else if (!dirty.value || isSame(stored)) take(stored)
    else elsewhere.value = { kind: 'changed', stored }
  }

  const isSame = (stored: T) => !hasHidden?.() && differencesFrom(stored).length === 0

  /** The version that a save now replaces; an own save has to name it. */
  function acceptTheirs(): void {
    if (elsewhere.value?.kind === 'changed') saved.value = elsewhere.value.stored
    else if (elsewhere.value?.kind === 'deleted') saved.value = null
    elsewhere.value = null
  }

  function discardMine(): void {
    if (elsewhere.value?.kind === 'changed') take(elsewhere.value.stored)
  }

  return { elsewhere, differences, look, acceptTheirs, discardMine }
}
