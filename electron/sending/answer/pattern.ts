import { createContext, Script, type Context } from 'node:vm'
import { toPattern } from '#shared/reading-expression.ts'
import { remembered } from '#shared/remembered.ts'

/** Milliseconds of the processor's time that all patterns of one answer may take together. */
const limitMs = 100
/** How often a pattern is begun anew that was stopped while the processor was busy with something else. */
const mostTries = 10

export type PatternMatch = { kind: 'match'; groups: string[] } | { kind: 'none' | 'stopped' | 'invalid' }

/**
 * Matches the patterns of one answer, within one limit of time: V8 ends a regular expression that runs away when the
 * script's time is up. What is left of it is lost to those that come after. V8 goes by the clock on the wall, which runs on
 * while a busy machine lets this thread wait; an answer must not be misread for that, so the thread's own time counts.
 */
export class PatternRun {
  private leftMs = limitMs
  private readonly busyMs: () => number

  constructor(busyMs = threadMs) {
    this.busyMs = busyMs
  }

  match(pattern: string, text: string): PatternMatch {
    const compiled = compile(pattern)
    if (compiled === null) return { kind: 'invalid' }
    for (let tries = 0; tries < mostTries && this.leftMs >= 1; tries += 1) {
      const start = this.busyMs()
      try {
        const match = run(compiled, text, Math.ceil(this.leftMs))
        return match === null
          ? { kind: 'none' }
          : { kind: 'match', groups: match.map((group) => group ?? '') }
      } catch (error) {
        if (!isTimeUp(error)) break
      } finally {
        this.leftMs -= this.busyMs() - start
      }
    }
    this.leftMs = 0
    return { kind: 'stopped' }
  }
}

// Older versions of Node tell the time of the whole process only, which is longer.
const usage = (process.threadCpuUsage as typeof process.threadCpuUsage | undefined) ?? process.cpuUsage

function threadMs(): number {
  const { user, system } = usage.call(process)
  return (user + system) / 1000
}

const isTimeUp = (error: unknown) =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'

/** One for all: making a context costs more than most matches. */
let machine: { context: Context; script: Script } | null = null

function run(pattern: RegExp, text: string, timeout: number): RegExpExecArray | null {
  machine ??= {
    context: createContext({ pattern: null, text: '' }),
    script: new Script('pattern.exec(text)'),
  }
  const { context, script } = machine
  Object.assign(context, { pattern, text })
  try {
    return script.runInContext(context, { timeout }) as RegExpExecArray | null
  } finally {
    Object.assign(context, { pattern: null, text: '' })
  }
}

const compile = remembered(200, toPattern)
