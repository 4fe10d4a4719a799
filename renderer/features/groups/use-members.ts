import { computed } from 'vue'
import type { GroupMember, MemberState } from '#shared/group.ts'
import { closedBreaker } from '#shared/failover/breaker.ts'
import { genericKind, type ProviderSummary } from '#shared/provider.ts'
import type { Choice } from '../../ui/find-choices.ts'
import { useCatalogue } from '../catalogue/catalogue-store.ts'
import { useProviders } from '../providers/providers-store.ts'
import { stateWords } from './member-words.ts'

const stateOf = ({ status }: ProviderSummary): MemberState =>
  status === 'archived' || status === 'needs_attention' || status === 'secrets_missing' ? status : 'ready'

/** What is known of a group's members by their ids, saved or only chosen. */
export function useMembers() {
  const providers = useProviders()
  const catalogue = useCatalogue()

  function memberOf(providerId: string): GroupMember {
    const provider = providers.byId(providerId)
    return {
      providerId,
      name: provider?.name ?? 'deleted provider',
      kind: provider?.kind ?? genericKind,
      simulated: provider?.simulated ?? false,
      state: provider ? stateOf(provider) : 'deleted',
      attention: provider?.attention ?? null,
      breaker: provider?.breaker ?? closedBreaker,
    }
  }

  /** Those that can be added to a group which has `chosen`, with what there is to know about each. */
  function choices(chosen: readonly string[]): Choice[] {
    return providers.active
      .filter(({ id }) => !chosen.includes(id))
      .map(({ id, name, kind, simulated }) => {
        const state = stateWords(memberOf(id))
        const vendor = kind === genericKind ? '' : catalogue.nameOf(kind)
        const details = [vendor, simulated ? 'Simulated' : '', state?.word ?? '']
        return { value: id, label: name, detail: details.filter(Boolean).join(', ') }
      })
  }

  const noProviders = computed(() => providers.loaded && providers.active.length === 0)

  return { memberOf, choices, noProviders }
}
