import { defineStore } from 'pinia'
import type { ImportedDraft } from '#shared/curl/import-result.ts'
import { formOf, type ProviderForm } from './form-state.ts'

/** Hands a draft that was made elsewhere over to the form of a new provider, once. */
export const useImportedDraft = defineStore('imported draft', () => {
  let waiting: ImportedDraft | null = null

  function give(draft: ImportedDraft): void {
    waiting = draft
  }

  function takeForm(): ProviderForm | null {
    if (!waiting) return null
    const { name, settings, secrets } = waiting
    waiting = null
    return { ...formOf({ id: crypto.randomUUID(), name, settings }), typed: { ...secrets } }
  }

  return { give, takeForm }
})
