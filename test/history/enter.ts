import type { Database } from 'better-sqlite3'
import { findGroupByName, saveGroup } from '../../electron/db/groups.ts'
import {
  countProviders,
  findProviderByName,
  saveProvider,
  setDefaultProvider,
} from '../../electron/db/providers.ts'
import { settingsOf, type Actor, type Cast, type Ensemble } from './cast.ts'

/** Puts providers and groups into the store. Those that are there by their names stay as they are, and play on. */
export function enter(db: Database, cast: Cast, now: number): Cast {
  const byId = new Map(cast.actors.map((actor) => [actor.id, enterActor(db, actor, now)]))
  const actor = (id: string) => byId.get(id) as Actor
  const group = (one: Ensemble) =>
    enterGroup(db, { ...one, members: one.members.map(({ id }) => actor(id)) }, now)
  const [codes, india] = cast.groups
  return {
    actors: [...byId.values()],
    simulator: actor(cast.simulator.id),
    groups: [group(codes), group(india)],
  }
}

function enterActor(db: Database, actor: Actor, now: number): Actor {
  const known = findProviderByName(db, actor.name)
  if (known) return { ...actor, id: known.id }
  const { id, name } = actor
  const isFirst = countProviders(db) === 0
  const settings = JSON.stringify(settingsOf(actor))
  saveProvider(db, {
    id,
    name,
    kind: 'generic',
    settings,
    vendor: null,
    simulated: actor.simulated ? 1 : 0,
    now,
  })
  if (isFirst) setDefaultProvider(db, id)
  return actor
}

function enterGroup(db: Database, group: Ensemble, now: number): Ensemble {
  const known = findGroupByName(db, group.name)
  if (known) return { ...group, id: known.id }
  const { id, name, countries } = group
  const members = group.members.map((one) => one.id)
  saveGroup(db, { id, name, countries, members, notes: '', policies: JSON.stringify(group.policies), now })
  return group
}
