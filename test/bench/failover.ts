import { randomUUID } from 'node:crypto'
import { defaultPolicies } from '#shared/group.ts'
import type { Workbench } from '../../electron/workbench.ts'
import { median, round } from './median.ts'
import type { Figure } from './run.ts'
import { startTargetServer } from './target-server.ts'
import { addProvider, byTurns, sendThrough } from './throughput.ts'

/** Answers with the id of a group that tries these providers in their order. */
export async function addGroup(workbench: Workbench, name: string, members: string[]): Promise<string> {
  const id = randomUUID()
  const input = { id, name, members, countries: [], notes: '', policies: defaultPolicies }
  const saved = await workbench.dispatch('groups.save', input)
  if (!saved.ok) throw new Error(JSON.stringify(saved.error))
  return id
}

/**
 * What a member that is down costs those who send on: messages a second through a group whose first member refuses
 * connections and whose circuit breaker is open, probes included, against a group that holds the second member only.
 */
export async function benchFailover(
  workbench: Workbench,
  working: string,
  groupOfOne: string,
): Promise<Record<string, Figure>> {
  const down = await addProvider(workbench, 'down', await refusingAddress())
  const group = await addGroup(workbench, 'first one down', [down, working])
  while (!(await isOpen(workbench, group, down))) await sendThrough(workbench, { kind: 'group', id: group })
  const speeds = await byTurns(
    () => sendThrough(workbench, { kind: 'group', id: groupOfOne }),
    () => sendThrough(workbench, { kind: 'group', id: group }),
  )
  return {
    'failover.ratio': {
      value: round(median(speeds.map((speed) => speed.sent / speed.bare))),
      unit: 'ratio',
      yardstick: 'messages per second through a group of one, 50 at a time, same server',
    },
  }
}

/** Of a port that nobody listens at. */
async function refusingAddress(): Promise<string> {
  const server = await startTargetServer()
  await server.close()
  return server.address
}

async function isOpen(workbench: Workbench, groupId: string, providerId: string): Promise<boolean> {
  const listed = await workbench.dispatch('groups.list', undefined)
  if (!listed.ok) throw new Error(JSON.stringify(listed.error))
  const members = listed.value.find(({ id }) => id === groupId)?.members ?? []
  return members.some((member) => member.providerId === providerId && member.breaker.state === 'open')
}
