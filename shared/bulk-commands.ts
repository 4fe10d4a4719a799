import { z } from 'zod'
import {
  bulkSetupSchema,
  bulkTargetSchema,
  delimiters,
  longestChunk,
  type BulkColumns,
  type BulkJob,
  type BulkTargetView,
  type DryRow,
  type RefusedRow,
} from './bulk.ts'
import { command } from './command.ts'
import { idSchema } from './id.ts'

const none = z.void()
const byId = z.object({ id: idSchema })

/** The commands of bulk tests, a part of the contract. */
export const bulkCommands = {
  /** What the columns of a file are, by its beginning. Throws `invalid_input` for what is no such file. */
  'bulk.columns': command(
    z.object({
      head: z.string().max(longestChunk),
      /** It is the whole file, so its last row is not cut. */
      isWhole: z.boolean(),
      /** Null: to be found out. */
      hasHeader: z.boolean().nullable(),
      delimiter: z.enum(delimiters).nullable(),
    }),
  ).returns<BulkColumns>(),
  /** Throws `not_found` and `provider_archived`. */
  'bulk.target': command(z.object({ target: bulkTargetSchema })).returns<BulkTargetView>(),
  /** What the first rows of a file become; nothing is written. */
  'bulk.dryRun': command(
    z.object({ head: z.string().max(longestChunk), isWhole: z.boolean(), setup: bulkSetupSchema }),
  ).returns<DryRow[]>(),
  /** A bulk test without messages, whose file is read by `bulk.load` next. The same id again is the same job. */
  'bulk.create': command(byId.extend({ setup: bulkSetupSchema })).returns<BulkJob>(),
  /**
   * The file's pieces in order, numbered from 0; one that was taken before is not taken again. A file that turns out to
   * be none ends its job, of which nothing is left then.
   */
  'bulk.load': command(
    byId.extend({ position: z.number().int().min(0), text: z.string().max(longestChunk) }),
  ).returns<BulkJob>(),
  /** The file is read to its end: it is ready to start. */
  'bulk.loaded': command(byId).returns<BulkJob>(),
  /** The newest 500, newest first. */
  'bulk.list': command(none).returns<BulkJob[]>(),
  'bulk.get': command(byId).returns<BulkJob>(),
  /** Begins, or goes on after a pause, or with one that another program left; nothing changes where it runs. */
  'bulk.start': command(byId).returns<BulkJob>(),
  /** Answers once what was on its way has its outcome. */
  'bulk.pause': command(byId).returns<BulkJob>(),
  /** For good: what waits is cancelled. */
  'bulk.cancel': command(byId).returns<BulkJob>(),
  /** Rows that became no message, 200 at a time from 0 on; `next` is null after the last. */
  'bulk.refused': command(byId.extend({ after: z.number().int().min(0) })).returns<{
    rows: RefusedRow[]
    next: number | null
  }>(),
  /**
   * Removes it and those of its messages that were never tried; what was tried stays in the log. Its rows go by and by
   * after the answer, also over a restart. Throws `changed_elsewhere` while it runs.
   */
  'bulk.delete': command(byId).returns<null>(),
  /** The result file in pieces, from 0 on; `next` is null after the last. */
  'bulk.results': command(byId.extend({ after: z.number().int().min(0) })).returns<{
    text: string
    next: number | null
  }>(),
}
