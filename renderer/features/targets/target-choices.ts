import type { GroupSummary } from '#shared/group.ts'
import type { ProviderSummary } from '#shared/provider.ts'
import type { Target } from '#shared/target.ts'
import type { Choice } from '../../ui/find-choices.ts'

export interface TargetChoice extends Choice {
  /** The provider's kind; null for a group and for the way by country. */
  kind: string | null
  /** What keeps it from being a plain choice; shown as a mark. */
  attention: boolean
  simulated: boolean
  isDefault: boolean
}

const routeValue = 'route'

export function valueOfTarget(target: Target): string {
  return target.kind === 'route' ? routeValue : `${target.kind}:${target.id}`
}

export function targetOfValue(value: string): Target {
  const [kind, id = ''] = value.split(':')
  if (kind === 'group') return { kind: 'group', id }
  return kind === 'saved' ? { kind: 'saved', id } : { kind: 'route' }
}

/** Numbers are routed where a group is for countries, or something is the default. */
export function canRoute(groups: readonly GroupSummary[]): boolean {
  return groups.some(({ countries, isDefault }) => countries.length > 0 || isDefault)
}

/** Groups, then providers; archived ones are left out. */
export function targetChoices(
  groups: readonly GroupSummary[],
  providers: readonly ProviderSummary[],
): TargetChoice[] {
  const plain = { kind: null, attention: false, simulated: false, isDefault: false }
  const route = {
    ...plain,
    value: routeValue,
    label: 'By the number’s country',
    detail: 'Group of the country, else the default',
    words: 'route routing automatic',
  }
  return [
    ...(canRoute(groups) ? [route] : []),
    ...groups.map((group) => ({ ...plain, ...choiceOfGroup(group), section: 'Groups' })),
    ...providers
      .filter(({ archivedAt }) => archivedAt === null)
      .map((provider) => ({ ...choiceOfProvider(provider), section: 'Providers' })),
  ]
}

function choiceOfGroup({ id, name, members, isDefault }: GroupSummary) {
  const usable = members.filter(({ state }) => state !== 'archived' && state !== 'deleted')
  const count = usable.length === 1 ? '1 provider' : `${usable.length} providers`
  const attention = usable.every(({ state }) => state !== 'ready')
  return {
    value: `group:${id}`,
    label: name,
    detail: words(count, isDefault && 'default', attention && 'none is ready'),
    words: usable.map((member) => member.name).join(' '),
    attention,
    simulated: usable.length > 0 && usable.every(({ simulated }) => simulated),
    isDefault,
  }
}

function choiceOfProvider({ id, name, kind, status, simulated, isDefault }: ProviderSummary): TargetChoice {
  const attention = status === 'needs_attention' || status === 'secrets_missing'
  const state = status === 'secrets_missing' ? 'secret missing' : 'needs attention'
  return {
    value: `saved:${id}`,
    label: name,
    detail: words(isDefault && 'default', simulated && 'simulated', attention && state),
    kind,
    attention,
    simulated,
    isDefault,
  }
}

function words(...given: (string | false)[]): string {
  const text = given.filter((one) => one !== false).join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** What an address asks for by the id of a provider or group, else the default, else the first there is. */
export function wishedTarget(
  wished: string,
  groups: readonly GroupSummary[],
  providers: readonly ProviderSummary[],
): Target | null {
  const active = providers.filter(({ archivedAt }) => archivedAt === null)
  const group = groups.find(({ id }) => id === wished)
  if (group) return { kind: 'group', id: group.id }
  const wishedOne = active.find(({ id }) => id === wished)
  const byDefault = groups.find(({ isDefault }) => isDefault)
  if (!wishedOne && byDefault) return { kind: 'group', id: byDefault.id }
  const provider = wishedOne ?? active.find(({ isDefault }) => isDefault) ?? active[0]
  return provider ? { kind: 'saved', id: provider.id } : null
}
