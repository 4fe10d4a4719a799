import { tableLines, printResult } from './output.ts'
import { connect, valueOf } from './connect.ts'
import { findGroup } from './find-target.ts'
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
