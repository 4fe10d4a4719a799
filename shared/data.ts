import { z } from 'zod'
import { command } from './command.ts'

const days = z
  .number()
  .int()
  .min(1, 'Write a number from 1 to 3650.')
  .max(3650, 'Write a number from 1 to 3650.')
  .nullable()

/** How long what is kept is kept; null: until somebody deletes it. Figures stay in any case. */
export const retentionSchema = z.object({
  /** Requests and answers of attempts, and callbacks as they came: their headers and bodies. */
  contentDays: days,
  /** Messages with their attempts, and callbacks with what was read of them. */
  messageDays: days,
})
export type Retention = z.infer<typeof retentionSchema>

export const keepEverything: Retention = { contentDays: null, messageDays: null }

/** What a clean-up has taken away. */
export interface CleanedUp {
  messages: number
  callbacks: number
  /** Attempts and callbacks whose contents went. */
  contents: number
}

export interface RetentionStatus {
  retention: Retention
  /** While one is under way. */
  cleaning: CleanedUp | null
  /** The last one that took something away; `at` is epoch milliseconds. */
  last: (CleanedUp & { at: number }) | null
}

export const storeParts = [
  'messages',
  'contents',
  'callbacks',
  'search',
  'bulk',
  'figures',
  'other',
  'free',
] as const
/** `contents`: attempts with requests and answers. `free`: what compacting gives back. */
export type StorePart = (typeof storeParts)[number]

export interface StoreSizes {
  /** Bytes in the file, the largest first. */
  parts: { part: StorePart; bytes: number }[]
  total: number
}

/** The commands that look after the size of the store, a part of the contract. */
export const dataCommands = {
  'data.retention': command(z.void()).returns<RetentionStatus>(),
  /** Keeps the setting and begins to clean up by it. */
  'data.retain': command(retentionSchema).returns<RetentionStatus>(),
  /** About how much would go at once by such a setting. */
  'data.wouldGo': command(retentionSchema).returns<CleanedUp>(),
  /** Cleans up by the setting and answers when that is done. */
  'data.clean': command(z.void()).returns<RetentionStatus>(),
  /** Reads every page of the store, on another thread: a second or two for each gigabyte. */
  'data.sizes': command(z.void()).returns<StoreSizes>(),
  /**
   * Writes the store anew without the room that deleted rows left. Whoever writes waits meanwhile. Throws `store_busy` while
   * messages are on their way, and `disk_full` where there is no room for a second copy.
   */
  'data.compact': command(z.void()).returns<{ before: number; after: number }>(),
}
