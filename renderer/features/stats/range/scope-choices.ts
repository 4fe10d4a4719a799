import type { GroupSummary } from '#shared/group.ts'
import type { ProviderSummary } from '#shared/provider.ts'
import type { StatsScope } from '#shared/stats/query.ts'
import { withGone, type Choice } from '../../../ui/find-choices.ts'
import { providerChoices } from '../../providers/provider-choices.ts'

export function valueOfScope(scope: StatsScope): string {
  return scope.kind === 'all' ? 'all' : `${scope.kind}:${scope.id}`
}

export function scopeOfValue(value: string): StatsScope {
  const [kind, id = ''] = value.split(':')
  return kind === 'provider' || kind === 'group' ? { kind, id } : { kind: 'all' }
}

/** All, then groups, then providers; archived ones last, as their figures stay. An address may name what is gone. */
export function scopeChoices(
  groups: readonly GroupSummary[],
  providers: readonly ProviderSummary[],
  chosen: StatsScope,
): Choice[] {
  const inOrder = [...providers].sort(
    (one, other) => Number(one.archivedAt !== null) - Number(other.archivedAt !== null),
  )
  const choices = [
    { value: 'all', label: 'All messages' },
    ...groups.map(({ id, name }) => ({ value: `group:${id}`, label: name, section: 'Groups' })),
    ...providerChoices(inOrder).map((choice) => ({
      ...choice,
      value: `provider:${choice.value}`,
      section: 'Providers',
    })),
  ]
  return withGone(
    choices,
    valueOfScope(chosen),
    chosen.kind === 'group' ? 'Deleted group' : 'Deleted provider',
  )
}
