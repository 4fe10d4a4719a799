import type { ProviderSummary } from '#shared/provider.ts'
import type { Choice } from '../../ui/find-choices.ts'

/** Providers to choose one from, archived ones too, as what they did stays. */
export function providerChoices(list: readonly ProviderSummary[]): Choice[] {
  return list.map(({ id, name, archivedAt }) => ({
    value: id,
    label: name,
    detail: archivedAt === null ? '' : 'Archived',
  }))
}
