import type { Database } from 'better-sqlite3'
import { closedBreaker } from '#shared/failover/breaker.ts'
import {
  defaultPolicies,
  policiesSchema,
  type Group,
  type GroupMember,
  type GroupSummary,
  type Policies,
} from '#shared/group.ts'
import type { ProviderSummary } from '#shared/provider.ts'
import { countriesOf, membersOf, type GroupRow } from '../db/groups.ts'
import { groupFiguresSince } from '../db/rollups/figures.ts'
import { breakerView } from '../providers/breaker-view.ts'
import { countedParts } from '../providers/counted-parts.ts'

export function groupOf(db: Database, row: GroupRow): Group {
  return {
    id: row.id,
    name: row.name,
    notes: row.notes,
    members: [...membersOf(db, row.id)],
    countries: countriesOf(db, row.id),
    policies: policiesOf(row),
    isDefault: row.is_default === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

const read = new WeakMap<Pick<GroupRow, 'policies'>, Policies>()

/** Read once for each row, as each message asks. What cannot be read any more gives way to the default. */
export function policiesOf(row: Pick<GroupRow, 'policies'>): Policies {
  const known = read.get(row)
  if (known) return known
  const policies = readPolicies(row)
  read.set(row, policies)
  return policies
}

function readPolicies({ policies }: Pick<GroupRow, 'policies'>): Policies {
  try {
    return policiesSchema.parse({ ...defaultPolicies, ...(JSON.parse(policies) as object) })
  } catch {
    return defaultPolicies
  }
}

export function groupSummary(
  db: Database,
  row: GroupRow,
  providers: ReadonlyMap<string, ProviderSummary>,
  since: number,
): GroupSummary {
  const group = groupOf(db, row)
  return {
    id: group.id,
    name: group.name,
    notes: group.notes,
    countries: group.countries,
    policies: group.policies,
    isDefault: group.isDefault,
    updatedAt: group.updatedAt,
    members: group.members.map((id) => memberOf(id, providers.get(id))),
    ...countedParts(groupFiguresSince(db, group.id, since)),
  }
}

function memberOf(providerId: string, provider: ProviderSummary | undefined): GroupMember {
  return {
    providerId,
    name: provider?.name ?? 'deleted provider',
    kind: provider?.kind ?? 'generic',
    simulated: provider?.simulated ?? false,
    state: provider ? stateOf(provider) : 'deleted',
    attention: provider?.attention ?? null,
    breaker: provider?.breaker ?? breakerView(closedBreaker),
  }
}

function stateOf({ status }: ProviderSummary): GroupMember['state'] {
  return status === 'archived' || status === 'needs_attention' || status === 'secrets_missing'
    ? status
    : 'ready'
}
