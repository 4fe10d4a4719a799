import type { BulkSetup } from '#shared/bulk.ts'
import { countsOfJob, listJobsIn } from '../db/jobs/bulk.ts'
import type { FindUses } from '../providers/uses.ts'

/** The bulk tests that a provider still is to send messages of; those of a group go to its next member. */
export const bulkUses: FindUses = (db, id) =>
  (['ready', 'running', 'paused'] as const)
    .flatMap((state) => listJobsIn(db, state))
    .filter(({ setup }) => {
      const { target } = JSON.parse(setup) as BulkSetup
      return target.kind === 'saved' && target.id === id
    })
    .map(({ seq, name, messages }) => {
      const ended = countsOfJob(db, seq).reduce((sum, { count }) => sum + count, 0)
      return { kind: 'bulk', name, waiting: messages - ended }
    })
