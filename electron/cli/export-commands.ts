import { Option, type Command } from 'commander'
import { exportFormats, exportSubjects, type ExportSubject } from '#shared/export.ts'
import type { ExportOptions } from './export.ts'
import { withFilter } from './message-commands.ts'
import type { MakeCommand } from './operation-commands.ts'

const what: Record<ExportSubject, string> = {
  messages: 'Write messages to a file, the oldest first.',
  attempts: 'Write the attempts of messages, with outcome and timings.',
  receipts:
    'Write receipts, replies and clicks in the order in which they came; of the filters, --provider, --since and --until count.',
}

/** The commands that write all that fits to a file. */
export function addExportCommands(program: Command, command: MakeCommand): void {
  const exported = program.command('export').description('Write what is kept as CSV or NDJSON.')
  for (const subject of exportSubjects)
    withFilter(command(exported, subject, what[subject]))
      .addOption(
        new Option('--format <format>', 'csv, or ndjson: JSON, one row to a line').choices(exportFormats),
      )
      .option('--output <file>', 'a new file; without one it goes to the standard output')
      .action(async (options: ExportOptions) => {
        const { exportRows } = await import('./export.ts')
        await exportRows(subject, options)
      })
}
