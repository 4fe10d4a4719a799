import { readFile } from 'node:fs/promises'
import type { LogLine } from '#shared/app-info.ts'

/** The last lines of a log, oldest first, from its files, of which the newest comes first in `files`. */
export async function readTail(files: string[], lines: number): Promise<LogLine[]> {
  let found: LogLine[] = []
  for (const file of files) {
    if (found.length >= lines) break
    found = [...parseLines(await textOf(file)).slice(-(lines - found.length)), ...found]
  }
  return found
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    // Rotated away, or never written.
    return ''
  }
}

function parseLines(text: string): LogLine[] {
  return text
    .split('\n')
    .map(parseLine)
    .filter((line) => line !== null)
}

const levels: readonly string[] = ['debug', 'info', 'warn', 'error'] satisfies LogLine['level'][]

/** Null for what is not a whole line of ours, such as one that was cut off when the machine stopped. */
function parseLine(text: string): LogLine | null {
  try {
    const { time, level, msg, details } = JSON.parse(text) as Record<string, unknown>
    if (typeof time !== 'number' || typeof msg !== 'string' || !levels.includes(String(level))) return null
    return { at: time, level: level as LogLine['level'], message: msg, details: inWords(details) }
  } catch {
    return null
  }
}

/** One detail a line; texts as they are, so that a stack keeps its lines. */
function inWords(details: unknown): string {
  if (typeof details !== 'object' || details === null) return ''
  return Object.entries(details)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}`)
    .join('\n')
    .replaceAll(String.raw`\n`, '\n')
}
