import { useRoute, useRouter } from 'vue-router'
import { ChartLine, Copy, ListChecks, SlidersHorizontal, Star, StepForward, Trash2 } from '@lucide/vue'
import type { GroupSummary, GroupUses } from '#shared/group.ts'
import { plural } from '../../lib/format.ts'
import { useFeedback } from '../../ui/feedback.ts'
import { shortcutsOf, type MenuItem } from '../../ui/menu-item.ts'
import { countryNames } from './group-table.ts'
import { useGroups } from './groups-store.ts'

function itemsFor({ isDefault }: Pick<GroupSummary, 'isDefault'>): MenuItem[] {
  return [
    { key: 'edit', label: 'Edit settings', icon: SlidersHorizontal, hint: 'E' },
    { key: 'rehearse', label: 'Rehearse', icon: StepForward, hint: 'R' },
    { key: 'bulk', label: 'Bulk test', icon: ListChecks, hint: 'B' },
    { key: 'default', label: 'Mark as Default', icon: Star, disabled: isDefault, hint: 'D' },
    { key: 'duplicate', label: 'Duplicate', icon: Copy, hint: 'U' },
    { key: 'stats', label: 'Stats', icon: ChartLine, hint: 'S' },
    { key: 'delete', label: 'Delete', icon: Trash2, hint: 'Del' },
  ]
}

/** The keys of a group’s row for the list of shortcuts. */
export const groupShortcuts = shortcutsOf(itemsFor({ isDefault: false }))

/** What deleting a group does, stops and leaves, in sentences. */
export function deletionWords({ members, countries, isDefault }: GroupSummary, uses: GroupUses): string {
  const { bulk, waiting } = uses
  const stays = `Its ${plural(members.length, 'provider')} and all messages stay.`
  const numbers = countries.length > 0 ? `Numbers of ${listed(countryNames(countries))}` : ''
  return [
    'Only the group goes.',
    stays,
    numbers && !isDefault ? `${numbers} then go through the default when no provider is chosen.` : '',
    numbers && isDefault ? `${numbers} then have no group of their own.` : '',
    isDefault
      ? 'It is the default, so nothing is the default then: whoever sends has to choose until another provider or group is marked.'
      : '',
    bulk.length > 0 ? `${bulkWords(bulk)} cannot go on without it.` : '',
    waiting > 0
      ? `${plural(waiting, 'message')} that ${waiting === 1 ? 'waits' : 'wait'} for a delivery receipt then ${waiting === 1 ? 'stays' : 'stay'} with the provider that took ${waiting === 1 ? 'it' : 'them'}.`
      : '',
  ]
    .filter(Boolean)
    .join(' ')
}

function bulkWords(names: string[]): string {
  if (names.length > 3) return plural(names.length, 'bulk test')
  const quoted = names.map((name) => `“${name}”`)
  return `The bulk ${names.length === 1 ? 'test' : 'tests'} ${new Intl.ListFormat('en').format(quoted)}`
}

function listed(names: string[]): string {
  if (names.length > 4) return `${plural(names.length, 'country', 'countries')}`
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names)
}

/** What the ellipsis and the right click beside a group offer. */
export function useGroupActions() {
  const groups = useGroups()
  const feedback = useFeedback()
  const router = useRouter()
  const route = useRoute()

  async function run(key: string, group: GroupSummary): Promise<void> {
    if (key === 'edit') await router.push(`/groups/${group.id}`)
    else if (key === 'rehearse') await router.push({ path: `/groups/${group.id}`, query: { rehearse: 'on' } })
    else if (key === 'bulk') await router.push(`/messages/bulk/new?through=${group.id}`)
    else if (key === 'default') await markAsDefault(group)
    else if (key === 'duplicate') await duplicate(group)
    else if (key === 'stats') await router.push(`/groups/${group.id}/stats`)
    else if (key === 'delete') await remove(group)
  }

  async function markAsDefault({ id, name }: GroupSummary): Promise<void> {
    const answer = await groups.setDefault(id)
    if (answer.ok) feedback.say(`${name} is the default now`)
    else feedback.fail(answer.error)
  }

  async function duplicate({ id, countries }: GroupSummary): Promise<void> {
    const answer = await groups.duplicate(id)
    if (!answer.ok) return feedback.fail(answer.error)
    const without = countries.length > 0 ? ', without the countries' : ''
    feedback.say(`Added ${answer.value.name}${without}`)
    await router.push(`/groups/${answer.value.id}`)
  }

  async function remove(group: GroupSummary): Promise<void> {
    const uses = await groups.usesOf(group.id)
    if (!uses.ok) return feedback.fail(uses.error)
    const sure = await feedback.ask({
      title: `Delete ${group.name}?`,
      text: deletionWords(group, uses.value),
      action: 'Delete group',
      stay: 'Cancel',
      dangerous: true,
    })
    if (!sure) return
    const answer = await groups.remove(group.id)
    if (!answer.ok) return feedback.fail(answer.error)
    feedback.say(`${group.name} is deleted`)
    if (route.params['id'] === group.id) await router.push('/groups')
  }

  return { itemsFor, run }
}
