import { createContext, Script, type Context } from 'node:vm'
import { toPattern } from '#shared/reading-expression.ts'
import { remembered } from '#shared/remembered.ts'

/** Milliseconds that all patterns of one answer may take together. */
const limitMs = 100

export type PatternMatch = { kind: 'match'; groups: string[] } | { kind: 'none' | 'stopped' | 'invalid' }

/**
 * Matches the patterns of one answer, within one limit of time: V8 ends a regular expression that runs away when the
 * script's time is up. What is left of it is lost to those that come after.
 */
export class PatternRun {
  private leftMs = limitMs

  match(pattern: string, text: string): PatternMatch {
    const compiled = compile(pattern)
    if (compiled === null) return { kind: 'invalid' }
    if (this.leftMs < 1) return { kind: 'stopped' }
    const start = performance.now()
    try {
      const match = run(compiled, text, Math.ceil(this.leftMs))
      return match === null ? { kind: 'none' } : { kind: 'match', groups: match.map((group) => group ?? '') }
    } catch {
      return { kind: 'stopped' }
    } finally {
      this.leftMs -= performance.now() - start
    }
  }
}

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
