import { join } from 'node:path'
import type { LogLine } from '#shared/app-info.ts'
import { plainDetails } from './log-details.ts'
import { readTail } from './log-tail.ts'
import { logName, LogWriter, rotatedKept } from './log-writer.ts'

/** What the parts of the workbench log through. Values of known secrets are replaced before a line is written. */
export interface Log {
  debug(message: string, details?: Record<string, unknown>): void
  info(message: string, details?: Record<string, unknown>): void
  warn(message: string, details?: Record<string, unknown>): void
  error(message: string, details?: Record<string, unknown>): void
}

export interface WorkbenchLog extends Log {
  /** The file that is written to. */
  file: string
  /** The last lines, oldest first, also from files that were rotated. */
  tail(lines: number): Promise<LogLine[]>
  /** Resolves when all is written. Lines that come later are written too, to a file opened anew. */
  close(): Promise<void>
}

const order = ['debug', 'info', 'warn', 'error'] as const

/**
 * Writes into `logs/workbench.log` of the workspace, rotated at 2 MB with five old files kept. `redact` takes known
 * secrets out of a text. Never throws.
 */
export function createLog(
  workspace: string,
  redact: (text: string) => string,
  level: LogLine['level'] = 'info',
): WorkbenchLog {
  const folder = join(workspace, 'logs')
  const file = join(folder, logName)
  const writer = new LogWriter(folder)
  const at = (lineLevel: LogLine['level']) => (message: string, details?: Record<string, unknown>) => {
    if (order.indexOf(lineLevel) < order.indexOf(level)) return
    writer.write(lineLevel, redact(message), details ? plainDetails(details, redact) : null)
  }
  const rotated = Array.from({ length: rotatedKept }, (_, index) => `${file}.${index + 1}`)
  return {
    file,
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    async tail(lines) {
      await writer.flush()
      return readTail([file, ...rotated], lines)
    },
    close: () => writer.close(),
  }
}
