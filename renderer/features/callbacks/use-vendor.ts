import { computed, watch, type ComputedRef } from 'vue'
import type { VendorForm } from '#shared/catalogue/entry.ts'
import type { CallbackItem } from '#shared/callbacks/callback.ts'
import { meaningsOf, receiptWords } from '#shared/callbacks/read/receipt-words.ts'
import { genericKind } from '#shared/provider.ts'
import type { Verdict } from '#shared/verdict/phrases.ts'
import { useCatalogue } from '../catalogue/catalogue-store.ts'
import { useProviders } from '../providers/providers-store.ts'

/** What is known of the vendor of a provider: null for a Generic or deleted one, and until it was fetched. */
export function useVendorOf(providerId: () => string | null): ComputedRef<VendorForm | null> {
  const catalogue = useCatalogue()
  const providers = useProviders()
  const kind = computed(() => {
    const id = providerId()
    const found = id === null ? null : (providers.byId(id)?.kind ?? null)
    return found === genericKind ? null : found
  })
  watch(kind, (wanted) => wanted !== null && void catalogue.get(wanted), { immediate: true })
  return computed(() => (kind.value === null ? null : catalogue.known(kind.value)))
}

/** What a receipt of a callback of this format means; null for anything but a receipt. */
export function receiptVerdict(
  item: Pick<CallbackItem, 'kind' | 'state' | 'word' | 'errorCode' | 'errorText'>,
  format: string | null,
  vendor: Pick<VendorForm, 'callbacks' | 'codes'> | null,
): Verdict | null {
  if (item.kind !== 'receipt') return null
  return receiptWords(item, meaningsOf(format, vendor?.callbacks?.formats ?? [], vendor?.codes ?? []))
}
