import { computed, watch, type ComputedRef } from 'vue'
import { genericKind, type ProviderKind } from '#shared/provider.ts'
import { magicNumbers, type MagicNumber } from '#shared/simulator.ts'
import { useCatalogue } from './catalogue-store.ts'

/** The numbers that decide what the simulator answers for a provider; none while it is not simulated. */
export function useSimulatedNumbers(
  about: () => { kind: ProviderKind; api: string; simulated: boolean },
): ComputedRef<MagicNumber[]> {
  const catalogue = useCatalogue()
  const numbers = computed(() => {
    const { kind, api, simulated } = about()
    if (!simulated) return []
    if (kind === genericKind) return magicNumbers
    const vendor = catalogue.simulated?.find(({ id }) => id === kind)
    const chosen = vendor?.apis.find(({ id }) => id === api) ?? vendor?.apis[0]
    return chosen?.magicNumbers.filter(({ party }) => party === 'to') ?? []
  })
  watch(
    () => about().simulated && about().kind !== genericKind,
    (wanted) => wanted && void catalogue.loadSimulated(),
    { immediate: true },
  )
  return numbers
}
