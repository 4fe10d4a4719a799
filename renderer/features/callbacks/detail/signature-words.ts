import type { SignatureState } from '#shared/callbacks/callback.ts'
import type { VendorForm } from '#shared/catalogue/entry.ts'
import { signatureWords } from '../callback-words.ts'

/** What a callback's signature says of it, for a vendor that is known, or for none. */
export function signatureSays(
  state: SignatureState,
  vendor: Pick<VendorForm, 'name' | 'callbacks' | 'fields'> | null,
): string {
  const signature = vendor?.callbacks?.signature ?? null
  if (state !== 'unchecked' || vendor === null) return signatureWords[state].says
  if (signature === null)
    return `${vendor.name} signs nothing. The key in the address is what tells its callbacks from others’.`
  const key = vendor.fields.find(({ key: name }) => name === signature.key)?.label ?? signature.key
  return `${vendor.name} signs its callbacks. They are checked once “${key}” is entered with the provider.`
}
