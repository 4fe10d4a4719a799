import type { CallbackTrouble } from './callback.ts'

/** Why a request was not read, in words, where nothing more is known. */
export const troubleWords: Record<CallbackTrouble, string> = {
  no_such_address: 'No provider has this address; it may have been renewed.',
  deleted_provider: 'The provider that had this address was deleted.',
  signature_invalid:
    'Its signature is not the one that the vendor’s key makes. It was refused and not counted.',
  unreadable: 'It cannot be read.',
  no_known_format: 'It has none of the shapes that are known for this provider.',
  empty: 'It holds nothing.',
}
