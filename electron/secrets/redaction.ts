import { patternOf, shortestRedacted } from './redaction-pattern.ts'

const replacement = '[secret]'

/** Remembers every secret that was met in this process, and takes them out of what is written anywhere. */
export class Redaction {
  private readonly values = new Set<string>()
  private pattern: RegExp | null = null

  /** Values of fewer than 4 characters are not remembered. */
  remember(value: string): void {
    if (value.length < shortestRedacted || this.values.has(value)) return
    this.values.add(value)
    this.pattern = null
  }

  /** Replaces each remembered value, escaped in any of the usual ways, by `[secret]`. */
  redact(text: string): string {
    if (this.values.size === 0 || text.length < shortestRedacted) return text
    this.pattern ??= this.combined()
    return text.replaceAll(this.pattern, replacement)
  }

  /** Longer values first, so that one which contains another goes as a whole. */
  private combined(): RegExp {
    const values = [...this.values].sort((one, other) => other.length - one.length)
    return new RegExp(values.map(patternOf).join('|'), 'g')
  }
}
