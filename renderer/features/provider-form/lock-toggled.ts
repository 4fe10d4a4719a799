import { wholeSecret } from './secret-names.ts'
import type { ProviderFormContext } from './use-provider-form.ts'

/** A plain text as a secret, and a secret as what was typed for it: what is in the vault does not come back. */
export function lockToggled(context: ProviderFormContext, text: string, name: string): string {
  const secret = wholeSecret(text)
  return secret === null ? context.makeSecret(name || 'secret', text) : (context.form.typed[secret] ?? '')
}
