import { computed, type Ref } from 'vue'
import type { Provider } from '#shared/provider.ts'
import { secretNamesOf } from '#shared/settings-texts.ts'
import { useCatalogue } from '../catalogue/catalogue-store.ts'
import { useSimulatorAddress } from '../catalogue/simulator-address.ts'
import type { VendorPart } from './check-vendor.ts'
import type { VendorInput } from './form-settings.ts'
import type { ProviderForm } from './form-state.ts'
import { requestOf, secretsOf } from './vendor-state.ts'

/** What a form for a vendor needs besides what is typed: the vendor's entry, the secrets that are saved, the simulator. */
export function useVendorInput(form: ProviderForm, saved: Ref<Provider | null>) {
  const catalogue = useCatalogue()
  const simulator = useSimulatorAddress()
  const known = (one: ProviderForm) => one.vendor && catalogue.known(one.kind)
  const entry = computed(() => known(form))

  const savedSecret = (name: string) => saved.value?.secrets.find((secret) => secret.name === name) ?? null
  const isSaved = (name: string) => (savedSecret(name)?.state ?? 'missing') !== 'missing'
  /** One that is lost stays part of the request, to be entered again. */
  const wasThere = (name: string) =>
    isSaved(name) || (saved.value !== null && secretNamesOf(saved.value.settings).includes(name))

  /** What the vendor makes of a form; null with a Generic one. */
  function vendorInput(one: ProviderForm): VendorInput | null {
    const vendor = known(one)
    if (!vendor) return null
    const hasSecret = (name: string) =>
      one.typed[name] === undefined ? wasThere(name) : one.typed[name] !== ''
    const request = requestOf(one, vendor, { simulator: simulator.value, hasSecret })
    return { request, secrets: secretsOf(vendor, one), isSaved }
  }

  const vendorPart = computed((): VendorPart | null => {
    const { vendor: choice, typed } = form
    const isSet = (name: string) => savedSecret(name)?.state === 'set'
    return entry.value && choice ? { entry: entry.value, choice, typed, isSet } : null
  })

  return { entry, savedSecret, vendorInput, vendorPart }
}
