import type { FindUses } from '../providers/uses.ts'
import { groupsWith, membersOf } from '../db/groups.ts'
import { getProvider } from '../db/providers.ts'

/** The groups that a provider is a member of. */
export const groupUses: FindUses = (db, id) =>
  groupsWith(db, id).map((group) => {
    const others = membersOf(db, group.id).filter((member) => member !== id)
    const last = !others.some((member) => getProvider(db, member)?.archived_at === null)
    return { kind: 'group', name: group.name, last }
  })
