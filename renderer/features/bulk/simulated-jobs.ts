import type { BulkJob } from '#shared/bulk.ts'
import { useGroups } from '../groups/groups-store.ts'
import { useProviders } from '../providers/providers-store.ts'

/** Tells whether everything that a bulk test goes through leads to the simulator. */
export function useSimulatedJobs(): (job: BulkJob) => boolean {
  const providers = useProviders()
  const groups = useGroups()
  return ({ target }) => {
    if (target.kind === 'saved') return providers.byId(target.id)?.simulated ?? false
    if (target.kind === 'route') return providers.active.every(({ simulated }) => simulated)
    const members = groups.list.find(({ id }) => id === target.id)?.members ?? []
    return members.length > 0 && members.every(({ simulated }) => simulated)
  }
}
