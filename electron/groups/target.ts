import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import type { DirectInput, SendInput } from '#shared/send-input.ts'
import { readE164, type CountryCode } from '#shared/phone.ts'
import { defaultGroup, getGroup, groupOfCountry, type GroupRow } from '../db/groups.ts'
import { defaultProviderId } from '../db/providers.ts'

export type Target = { kind: 'direct'; input: DirectInput } | { kind: 'group'; row: GroupRow }

export function isDirect(input: SendInput): input is DirectInput {
  return input.provider.kind === 'saved' || input.provider.kind === 'draft'
}

/**
 * Where a message goes: the provider or group that was chosen, else the group that its number's country is routed by,
 * else the default. Throws `not_found` where there is none.
 */
export function targetOf(db: Database, input: SendInput): Target {
  if (isDirect(input)) return { kind: 'direct', input }
  const { provider } = input
  if (provider.kind === 'group') {
    const row = getGroup(db, provider.id)
    if (!row) throw new AppError('not_found', 'There is no such group; it may have been deleted.')
    return { kind: 'group', row }
  }
  const country = readE164(input.to, input.country as CountryCode | null)?.country ?? null
  const row = (country === null ? undefined : groupOfCountry(db, country)) ?? defaultGroup(db)
  if (row) return { kind: 'group', row }
  const id = defaultProviderId(db)
  if (id === null)
    throw new AppError(
      'not_found',
      'No group is for this number’s country, and nothing is marked as the default. Choose a provider or a group.',
    )
  return { kind: 'direct', input: { ...input, provider: { kind: 'saved', id } } }
}
