import { AppError } from '#shared/errors.ts'
import type { GroupSummary } from '#shared/group.ts'
import type { BulkTarget } from '#shared/bulk.ts'
import type { Dispatch } from '../rpc.ts'
import { valueOf } from './connect.ts'
import { findProvider } from './find-provider.ts'

export interface TargetOptions {
  provider?: string
  group?: string
  route?: boolean
}

/** The provider or group that is named; the route where it is asked for; else the default provider. */
export async function findTarget(
  dispatch: Dispatch,
  { provider, group, route = false }: TargetOptions,
): Promise<BulkTarget> {
  if ([provider !== undefined, group !== undefined, route].filter(Boolean).length > 1)
    throw new AppError('invalid_input', 'Use one of --provider, --group and --route.')
  if (route) return { kind: 'route' }
  if (group !== undefined) return { kind: 'group', id: (await findGroup(dispatch, group)).id }
  return { kind: 'saved', id: (await findProvider(dispatch, provider ?? null)).id }
}

/** By its id or its name, whatever the case. Throws `not_found`. */
export async function findGroup(dispatch: Dispatch, wanted: string): Promise<GroupSummary> {
  const groups = valueOf(await dispatch('groups.list', undefined))
  const same = ({ id, name }: GroupSummary) =>
    id === wanted || name.toLocaleLowerCase() === wanted.toLocaleLowerCase()
  const found = groups.find(same)
  if (found) return found
  const names = groups.map(({ name }) => name)
  const known = names.length > 0 ? ` Known: ${names.join(', ')}.` : ' There is none yet.'
  throw new AppError('not_found', `There is no group named "${wanted}".${known}`, { names })
}
