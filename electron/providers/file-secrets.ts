import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '#shared/errors.ts'
import type { SealedSecrets } from '#shared/provider-file.ts'
import { typedSecretsSchema } from '#shared/provider.ts'
import {
  unwrapWithPassphrase,
  usualCosts,
  wrapWithPassphrase,
  type ScryptCosts,
} from '../secrets/passphrase.ts'
import { newDataKey, openText, sealText } from '../secrets/sealing.ts'

/** By the provider's id in the file, then by the secret's name. */
export type SecretValues = Record<string, Record<string, string>>

const valuesSchema = z.record(z.string(), typedSecretsSchema)

/** `providers`: as they will stand in the file; the sealed values open beside nothing else. */
export async function sealForFile(
  passphrase: string,
  providers: unknown,
  values: SecretValues,
  costs: ScryptCosts = usualCosts,
): Promise<SealedSecrets> {
  const key = newDataKey()
  const { wrapped, salt, params } = await wrapWithPassphrase(passphrase, key, costs)
  const sealed = sealText(key, placeOf(providers), JSON.stringify(values))
  return { keyId: key.id, salt, params: params as SealedSecrets['params'], wrapped, values: sealed }
}

/** `providers`: as they stand in the file. Throws `wrong_passphrase`, and `invalid_input` when they were changed. */
export async function openFromFile(
  passphrase: string,
  providers: unknown,
  sealed: SealedSecrets,
): Promise<SecretValues> {
  const key = await unwrapWithPassphrase(passphrase, sealed.keyId, sealed)
  if (!key) throw new AppError('wrong_passphrase', 'That is not the passphrase of this file.')
  const text = openText(key, placeOf(providers), sealed.values)
  if (text === null)
    throw new AppError(
      'invalid_input',
      'The file was changed after it was exported, so its secrets do not open. Import it without them, or export it again.',
    )
  return valuesSchema.parse(JSON.parse(text))
}

function placeOf(providers: unknown): string {
  return `provider file/${createHash('sha256').update(JSON.stringify(providers)).digest('hex')}`
}
