import type { Ref } from 'vue'
import type { Provider, ProviderInput } from '#shared/provider.ts'
import { useSavedElsewhere, type FormParts } from '../../ui/saved-elsewhere.ts'
import { useCatalogue } from '../catalogue/catalogue-store.ts'
import { differencesOf } from './differences.ts'

type ProviderParts = Omit<FormParts<Provider>, 'differencesFrom' | 'hasHidden'>

/** What another window made of the provider that this form edits. */
export function useProviderElsewhere(parts: ProviderParts, input: Readonly<Ref<ProviderInput>>) {
  const catalogue = useCatalogue()
  return useSavedElsewhere({
    ...parts,
    differencesFrom: (stored) => differencesOf(input.value, stored, catalogue.nameOf),
    hasHidden: () => Object.keys(input.value.secrets).length > 0,
  })
}
