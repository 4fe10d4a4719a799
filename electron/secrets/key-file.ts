import { chmodSync, readFileSync, rmSync, statSync } from 'node:fs'
import { writeFileDurably } from '../durable-file.ts'
import type { Log } from '../log.ts'
import { checkedKey, type DataKey } from './sealing.ts'

/** A file with one key a line, `<id>.<key>`, that only its owner may read. */
export class KeyFile {
  private readonly path: string
  private readonly log: Log

  constructor(path: string, log: Log) {
    this.path = path
    this.log = log
  }

  /** Null when the file does not hold that key. Throws the file system's errors when it is there but not readable. */
  read(id: string): DataKey | null {
    const line = this.lines().find((text) => text.startsWith(`${id}.`))
    return line ? checkedKey(id, Buffer.from(line.slice(id.length + 1), 'base64url')) : null
  }

  /** Keys that are there already stay. */
  add(key: DataKey): void {
    const lines = [...this.lines(), `${key.id}.${key.bytes.toString('base64url')}`]
    writeFileDurably(this.path, `${lines.join('\n')}\n`)
  }

  /** Removes the other keys, and the file when none is left. */
  keepOnly(ids: string[]): void {
    const lines = this.lines()
    const kept = lines.filter((line) => ids.some((id) => line.startsWith(`${id}.`)))
    if (kept.length === 0) rmSync(this.path, { force: true })
    else if (kept.length < lines.length) writeFileDurably(this.path, `${kept.join('\n')}\n`)
  }

  private lines(): string[] {
    const stat = statSync(this.path, { throwIfNoEntry: false })
    if (!stat) return []
    this.shutOthersOut(stat.mode)
    return readFileSync(this.path, 'utf8').split('\n').filter(Boolean)
  }

  /** Modes mean nothing on Windows, where the user's profile folder keeps others out. */
  private shutOthersOut(mode: number): void {
    if (process.platform === 'win32' || (mode & 0o077) === 0) return
    this.log.warn('Others could read the key file; its permissions were mended', {
      mode: (mode & 0o777).toString(8),
    })
    chmodSync(this.path, 0o600)
  }
}
