import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { AppError, type FieldIssue } from '#shared/errors.ts'
import { closedBreaker } from '#shared/failover/breaker.ts'
import type { Group, GroupInput } from '#shared/group.ts'
import { noteBreaker, writeBreaker } from '../db/breakers.ts'
import { forgetGroupFigures } from '../db/rollups/figures.ts'
import { usesOfGroup } from '../db/group-uses.ts'
import {
  deleteGroup,
  findGroupByName,
  getGroup,
  groupOfCountry,
  listGroups,
  membersOf,
  saveGroup,
  setDefaultGroup,
  type GroupRow,
} from '../db/groups.ts'
import { getProvider } from '../db/providers.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import type { EventHub } from '../events.ts'
import { mustGetProvider } from '../providers/provider-settings.ts'
import { listSummaries } from '../providers/provider-view.ts'
import type { Handlers } from '../rpc.ts'
import type { Vault } from '../secrets/vault.ts'
import { groupOf, groupSummary } from './group-view.ts'

type GroupHandlers = Pick<
  Handlers,
  | 'groups.list'
  | 'groups.get'
  | 'groups.uses'
  | 'groups.save'
  | 'groups.duplicate'
  | 'groups.setDefault'
  | 'groups.delete'
  | 'providers.resetBreaker'
>

export interface GroupParts {
  stores: StoreHandle
  vault: Vault
  events: EventHub
  now: () => number
}

/** Days that the figures of the Provider Groups tab cover, as those of the Providers page do. */
const countedMs = 30 * 24 * 60 * 60 * 1000

export function groupHandlers({ stores, vault, events, now }: GroupParts): GroupHandlers {
  const changed = (id: string | null) => events.emit('groups.changed', { id })

  const list = () =>
    stores.store.read((db) => {
      const providers = new Map(listSummaries(db, vault, now()).map((one) => [one.id, one]))
      return listGroups(db).map((row) => groupSummary(db, row, providers, now() - countedMs))
    })

  const save = async (input: GroupInput): Promise<Group> => {
    const group = await stores.store.write((db) => writeGroup(db, input, now()))
    changed(group.id)
    return group
  }

  /** Countries stay with the original: a country is routed by one group. */
  const duplicate = async ({ id }: { id: string }): Promise<Group> => {
    const group = await stores.store.write((db) => {
      const row = mustGetGroup(db, id)
      const copy = { ...row, id: randomUUID(), name: freeGroupName(db, row.name), now: now() }
      saveGroup(db, { ...copy, members: membersOf(db, id), countries: [] })
      return groupOf(db, mustGetGroup(db, copy.id))
    })
    changed(group.id)
    return group
  }

  const setDefault = async ({ id }: { id: string }) => {
    await stores.store.write((db) => setDefaultGroup(db, mustGetGroup(db, id).id))
    changed(id)
    events.emit('providers.changed', { id: null })
    return null
  }

  const remove = async ({ id }: { id: string }) => {
    await stores.store.write((db) => {
      mustGetGroup(db, id)
      deleteGroup(db, id)
      forgetGroupFigures(db, id)
    })
    changed(id)
    return null
  }

  const resetBreaker = async ({ id }: { id: string }) => {
    await stores.store.write((db) => {
      noteBreaker(db, mustGetProvider(db, id).id, closedBreaker)
      writeBreaker(db, id, now())
    })
    events.emit('providers.changed', { id })
    changed(null)
    return null
  }

  return {
    'groups.list': list,
    'groups.get': ({ id }) => stores.store.read((db) => groupOf(db, mustGetGroup(db, id))),
    'groups.uses': ({ id }) => stores.store.read((db) => usesOfGroup(db, mustGetGroup(db, id).id)),
    'groups.save': save,
    'groups.duplicate': duplicate,
    'groups.setDefault': setDefault,
    'groups.delete': remove,
    'providers.resetBreaker': resetBreaker,
  }
}

export function mustGetGroup(db: Database, id: string): GroupRow {
  const row = getGroup(db, id)
  if (!row) throw new AppError('not_found', 'There is no such group; it may have been deleted.')
  return row
}

/** In the transaction of its caller. Throws `name_taken`, and `invalid_input` for what it cannot hold. */
export function writeGroup(db: Database, input: GroupInput, now: number): Group {
  const { id, name, notes, members, countries, policies, basedOn } = input
  if (basedOn !== undefined && mustGetGroup(db, id).updated_at !== basedOn)
    throw new AppError('changed_elsewhere', 'The group was changed since it was read.')
  const taken = findGroupByName(db, name)
  if (taken && taken.id !== id) {
    const message = `Another group is called “${taken.name}”. Choose another name.`
    throw new AppError('name_taken', message, { issues: [{ path: 'name', message }] })
  }
  const issues = [...memberIssues(db, id, members), ...countryIssues(db, id, countries)]
  if (issues.length > 0)
    throw new AppError('invalid_input', issues[0]?.message ?? 'The group is not valid.', { issues })
  saveGroup(db, { id, name, notes, policies: JSON.stringify(policies), members, countries, now })
  return groupOf(db, mustGetGroup(db, id))
}

/** One that is archived or deleted may stay where it is, marked; it cannot be added. */
function memberIssues(db: Database, id: string, members: readonly string[]): FieldIssue[] {
  const before = new Set(membersOf(db, id))
  return members.flatMap((providerId, index) => {
    if (before.has(providerId)) return []
    const provider = getProvider(db, providerId)
    if (provider && provider.archived_at === null) return []
    const message = provider
      ? `“${provider.name}” is archived. Choose another provider.`
      : 'This provider does not exist any more. Choose another one.'
    return [{ path: `members.${index}`, message }]
  })
}

function countryIssues(db: Database, id: string, countries: readonly string[]): FieldIssue[] {
  return countries.flatMap((country, index) => {
    const group = groupOfCountry(db, country)
    if (!group || group.id === id) return []
    return [
      {
        path: `countries.${index}`,
        message: `${country} is routed by the group “${group.name}”. Take it out there first.`,
      },
    ]
  })
}

/** The first free of "name (copy)", "name (copy 2)" and so on. */
export function freeGroupName(db: Database, name: string): string {
  const base = `${name.slice(0, 100)} (copy`
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? `${base})` : `${base} ${number})`
    if (!findGroupByName(db, candidate)) return candidate
  }
}
