import { z } from 'zod'
import { command } from './command.ts'
import { idSchema } from './id.ts'
import { messageFilterSchema } from './message-log.ts'

export const exportFormats = ['csv', 'ndjson'] as const
export type ExportFormat = (typeof exportFormats)[number]

export const exportSubjects = ['messages', 'attempts', 'receipts'] as const
export type ExportSubject = (typeof exportSubjects)[number]

/** What is exported: messages that fit a filter, their attempts, or what came for a provider in a time. */
export const exportedSchema = z.discriminatedUnion('subject', [
  z.object({ subject: z.enum(['messages', 'attempts']), filter: messageFilterSchema }),
  z.object({
    /** Receipts, replies, clicks and opt-outs, also those that belong to no message. */
    subject: z.literal('receipts'),
    filter: z.object({
      providerId: idSchema.nullable(),
      /** Epoch milliseconds of their arrival; `until` is the first that is left out. */
      since: z.number().int().optional(),
      until: z.number().int().optional(),
    }),
  }),
])
export type Exported = z.infer<typeof exportedSchema>

/** Where the part before ended, and the last place of all; what comes later is not part of the export. */
const cursorSchema = z.object({ at: z.number().int().min(0), top: z.number().int().min(0) })
export type ExportCursor = z.infer<typeof cursorSchema>

export const exportPartSchema = z.object({
  exported: exportedSchema,
  format: z.enum(exportFormats),
  /** Null for the first part. */
  cursor: cursorSchema.nullable(),
})

export interface ExportPart {
  /** The file's next part; the first begins with a CSV file's byte order mark and its header. */
  text: string
  /** Rows in this part; it may have none, as a part looks for a moment only. */
  rows: number
  /** Null after the last part. */
  next: ExportCursor | null
}

/** The commands by which all that is kept leaves as a file, a part of the contract. */
export const exportCommands = {
  /** The next part of a file, the oldest row first. Whoever wants the whole asks on until `next` is null. */
  'export.part': command(exportPartSchema).returns<ExportPart>(),
}
