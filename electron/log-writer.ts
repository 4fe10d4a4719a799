import { mkdirSync } from 'node:fs'
import type { Logger } from 'pino'
import type { RotatingFileStream } from 'rotating-file-stream'
import type { LogLine } from '#shared/app-info.ts'
import type { Plain } from './log-details.ts'

export const logName = 'workbench.log'
export const rotatedKept = 5
const rotatedAt = '2M'

/** After the disk was full or the folder not writable, it is tried again. */
const triedAgainAfterMs = 10_000

/**
 * Writes lines to the log's files in the background. Whatever goes wrong there costs lines, and never more. The
 * libraries are loaded with the first line, as they cost a start some 30 ms.
 */
export class LogWriter {
  private readonly folder: string
  private waiting: ((logger: Logger) => void)[] = []
  private logger: Logger | null = null
  private loading: Promise<void> | null = null
  private stream: RotatingFileStream | null = null
  private createStream: typeof import('rotating-file-stream').createStream | null = null
  private failedAt = Number.NEGATIVE_INFINITY

  constructor(folder: string) {
    this.folder = folder
  }

  write(level: LogLine['level'], message: string, details: Plain): void {
    const line = (logger: Logger) => logger[level]({ details }, message)
    if (this.logger) return line(this.logger)
    this.waiting.push(line)
    this.loading ??= this.load()
  }

  /** Resolves when every line so far is in the file, or lost. */
  async flush(): Promise<void> {
    await this.loading
    const { stream } = this
    if (!stream || stream.destroyed) return
    await new Promise<void>((resolve) => {
      stream.once('close', resolve)
      stream.write('', () => resolve())
    })
  }

  async close(): Promise<void> {
    await this.flush()
    const { stream } = this
    this.stream = null
    if (!stream || stream.destroyed) return
    await new Promise<void>((resolve) => {
      stream.once('close', resolve)
      stream.end(() => resolve())
    })
  }

  private async load(): Promise<void> {
    try {
      const [{ pino, stdTimeFunctions }, { createStream }] = await Promise.all([
        import('pino'),
        import('rotating-file-stream'),
      ])
      this.createStream = createStream
      const formatters = { level: (label: string) => ({ level: label }) }
      const options = { level: 'debug', base: null, timestamp: stdTimeFunctions.epochTime, formatters }
      this.logger = pino(options, { write: (line) => this.append(line) })
      for (const line of this.waiting.splice(0)) line(this.logger)
    } catch {
      this.waiting = []
    }
  }

  private append(line: string): void {
    try {
      this.stream ??= this.open()
      this.stream?.write(line)
    } catch {
      this.fail()
    }
  }

  private open(): RotatingFileStream | null {
    if (!this.createStream || performance.now() - this.failedAt < triedAgainAfterMs) return null
    mkdirSync(this.folder, { recursive: true, mode: 0o700 })
    const stream = this.createStream(logName, {
      path: this.folder,
      size: rotatedAt,
      rotate: rotatedKept,
      mode: 0o600,
    })
    stream.on('error', () => {
      if (this.stream === stream) this.fail()
    })
    stream.on('warning', () => {})
    return stream
  }

  private fail(): void {
    this.stream?.destroy()
    this.stream = null
    this.failedAt = performance.now()
  }
}
