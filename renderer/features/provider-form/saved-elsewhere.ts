import { computed, ref, type ComputedRef, type Ref } from 'vue'
import type { Provider, ProviderInput } from '#shared/provider.ts'
import type { Answer } from '../../lib/failure.ts'
import { differencesOf } from './differences.ts'

export type Elsewhere = { kind: 'changed'; provider: Provider } | { kind: 'deleted' }

interface FormParts {
  saved: Ref<Provider | null>
  input: ComputedRef<ProviderInput>
  dirty: ComputedRef<boolean>
  saving: Ref<boolean>
  take: (provider: Provider) => void
  get: (id: string) => Promise<Answer<Provider>>
}

/** What another window made of the provider that this form edits. */
export function useSavedElsewhere({ saved, input, dirty, saving, take, get }: FormParts) {
  const elsewhere = ref<Elsewhere | null>(null)
  const differences = computed(() =>
    elsewhere.value?.kind === 'changed' ? differencesOf(input.value, elsewhere.value.provider) : [],
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

  function compare(edited: Provider, stored: Provider): void {
    if (stored.updatedAt === edited.updatedAt) saved.value = stored
    else if (!dirty.value || isSame(stored)) take(stored)
    else elsewhere.value = { kind: 'changed', provider: stored }
  }

  const isSame = (stored: Provider) =>
    Object.keys(input.value.secrets).length === 0 && differencesOf(input.value, stored).length === 0

  /** The version that a save now replaces; an own save has to name it. */
  function acceptTheirs(): void {
    if (elsewhere.value?.kind === 'changed') saved.value = elsewhere.value.provider
    else if (elsewhere.value?.kind === 'deleted') saved.value = null
    elsewhere.value = null
  }

  function discardMine(): void {
    if (elsewhere.value?.kind === 'changed') take(elsewhere.value.provider)
  }

  return { elsewhere, differences, look, acceptTheirs, discardMine }
}
