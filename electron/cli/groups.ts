import { randomUUID } from 'node:crypto'
import { AppError } from '#shared/errors.ts'
import { defaultPolicies, groupInputSchema, type Policies } from '#shared/group.ts'
import { tableLines, printResult } from './output.ts'
import { connect, valueOf } from './connect.ts'
import { findGroup } from './find-target.ts'
import { findProvider } from './find-provider.ts'
import type { ListOptions } from './providers.ts'

export async function listGroups({ workspace, json }: ListOptions): Promise<void> {
  const { dispatch, close } = await connect(workspace)
  try {
    const groups = valueOf(await dispatch('groups.list', undefined))
    const rows = groups.map((group) => [
      group.name,
      group.members.map(({ name }) => name).join(' > '),
      group.countries.join(' '),
      String(group.counts.sent),
      group.id,
    ])
    const head = ['NAME', 'MEMBERS', 'COUNTRIES', 'SENT (30 DAYS)', 'ID']
    printResult(json, groups, () =>
      groups.length > 0 ? tableLines([head, ...rows]) : ['There is no group yet.'],
    )
  } finally {
    await close()
  }
}

export async function showGroup(wanted: string, { workspace, json }: ListOptions): Promise<void> {
  const { dispatch, close } = await connect(workspace)
  try {
    const group = await findGroup(dispatch, wanted)
    printResult(json, group, () =>
      tableLines([
        ['Name', group.name],
        ['Id', group.id],
        ['Countries', group.countries.join(' ')],
        ...group.members.map(({ name, state, breaker }, index) => [
          `Member ${index + 1}`,
          `${name} (${state.replaceAll('_', ' ')}, breaker ${breaker.state.replaceAll('_', ' ')})`,
        ]),
        ...Object.entries(group.policies).map(([name, value]) => ['Policy', `${name} = ${String(value)}`]),
      ]),
    )
  } finally {
    await close()
  }
}

export interface AddGroupOptions extends ListOptions {
  name: string
  provider: string[]
  country: string[]
  notes: string
  onUnknown: Policies['onUnknown']
  onRejected: Policies['onRejected']
  /** False with --no-breaker. */
  breaker: boolean
  receiptMinutes?: number
}

/** The first provider that is named is tried first. */
export async function addGroup(options: AddGroupOptions): Promise<void> {
  const { dispatch, close } = await connect(options.workspace)
  try {
    const members = []
    for (const wanted of options.provider) members.push((await findProvider(dispatch, wanted)).id)
    const { name, notes, onUnknown, onRejected, breaker, receiptMinutes } = options
    const policies = {
      ...defaultPolicies,
      onUnknown,
      onRejected,
      breaker,
      noReceiptMinutes: receiptMinutes ?? null,
    }
    const countries = options.country.map((code) => code.toUpperCase())
    const input = groupInputSchema.safeParse({ id: randomUUID(), name, members, countries, notes, policies })
    if (!input.success)
      throw new AppError('invalid_input', input.error.issues[0]?.message ?? 'The group is not valid.')
    const group = valueOf(await dispatch('groups.save', input.data))
    printResult(options.json, group, () => [`${group.name} is added: ${group.id}`])
  } finally {
    await close()
  }
}

/** Its providers and its messages stay. */
export async function deleteGroup(wanted: string, options: ListOptions & { yes: boolean }): Promise<void> {
  const { dispatch, close } = await connect(options.workspace)
  try {
    const { id, name } = await findGroup(dispatch, wanted)
    if (!options.yes)
      throw new AppError(
        'invalid_input',
        `The group ${name} would go; its providers and its messages stay. Add --yes to do it.`,
      )
    valueOf(await dispatch('groups.delete', { id }))
    printResult(options.json, { id, deleted: true }, () => [`${name} is deleted`])
  } finally {
    await close()
  }
}

export async function setDefaultGroup(wanted: string, options: ListOptions): Promise<void> {
  const { dispatch, close } = await connect(options.workspace)
  try {
    const { id, name } = await findGroup(dispatch, wanted)
    valueOf(await dispatch('groups.setDefault', { id }))
    printResult(options.json, { id, isDefault: true }, () => [`${name} is the default now`])
  } finally {
    await close()
  }
}
