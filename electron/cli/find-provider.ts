import { AppError } from '#shared/errors.ts'
import type { ProviderSummary } from '#shared/provider.ts'
import type { Dispatch } from '../rpc.ts'
import { valueOf } from './connect.ts'

/** Finds a provider by its id or its name, whatever the case; null asks for the default one. Throws `not_found`. */
export async function findProvider(dispatch: Dispatch, wanted: string | null): Promise<ProviderSummary> {
  const providers = valueOf(await dispatch('providers.list', undefined))
  const found = wanted === null ? providers.find((one) => one.isDefault) : byNameOrId(providers, wanted)
  if (found) return found
  if (wanted === null)
    throw new AppError('not_found', 'No provider is the default one: name one with --provider.')
  const names = providers.map((provider) => provider.name)
  const known = names.length > 0 ? ` Known: ${names.join(', ')}.` : ' There is none yet.'
  throw new AppError('not_found', `There is no provider named "${wanted}".${known}`, { names })
}

function byNameOrId(providers: ProviderSummary[], wanted: string): ProviderSummary | undefined {
  const exact = providers.find((provider) => provider.id === wanted || provider.name === wanted)
  const same = (name: string) => name.toLocaleLowerCase() === wanted.toLocaleLowerCase()
  return exact ?? providers.find((provider) => same(provider.name))
}
