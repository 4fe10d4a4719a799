import { mostLines, type AnswerLine, type AnswerPiece } from './answer-line.ts'

/** A key of an object, or an index of an array. */
export type Step = string | number

/** What a body is made of, and how its pieces are written. */
export interface LayoutRules {
  /** The array or object that a value is, and what is written before it; null for a plain value. */
  opened(value: unknown): { inside: object; mark: string } | null
  value(value: unknown, steps: readonly Step[]): AnswerPiece
  /** The bracket that opens a list. */
  list?(list: readonly unknown[], steps: readonly Step[]): AnswerPiece
}

/** Writes a value as indented JSON, a member a line. */
export function layOut(root: unknown, rules: LayoutRules): AnswerLine[] {
  const layout = new Layout(rules)
  layout.add(root, [], [], '')
  return layout.lines
}

class Layout {
  readonly lines: AnswerLine[] = []
  private readonly rules: LayoutRules

  constructor(rules: LayoutRules) {
    this.rules = rules
  }

  /** `before` stands on the value's first line, `after` on its last. */
  add(value: unknown, steps: readonly Step[], before: AnswerPiece[], after: string, depth = 0): void {
    if (this.lines.length >= mostLines) return
    const opened = this.rules.opened(value)
    if (opened === null) {
      const pieces = [...before, this.rules.value(value, steps)]
      this.lines.push({ depth, pieces: after ? [...pieces, plain(after)] : pieces })
      return
    }
    const { inside, mark } = opened
    const start = mark === '' ? before : [...before, plain(mark)]
    const entries = Object.entries(inside)
    const isList = Array.isArray(inside)
    const [open, close] = isList ? ['[', ']'] : ['{', '}']
    if (entries.length === 0) {
      this.lines.push({ depth, pieces: [...start, plain(`${open}${close}${after}`)] })
      return
    }
    this.lines.push({ depth, pieces: [...start, this.opening(inside, steps)] })
    entries.forEach(([key, member], index) => {
      const name: AnswerPiece[] = isList ? [] : [{ kind: 'key', text: JSON.stringify(key) }, plain(': ')]
      const step = isList ? Number(key) : key
      this.add(member, [...steps, step], name, index < entries.length - 1 ? ',' : '', depth + 1)
    })
    this.lines.push({ depth, pieces: [plain(`${close}${after}`)] })
  }

  private opening(inside: object, steps: readonly Step[]): AnswerPiece {
    if (!Array.isArray(inside)) return plain('{')
    return this.rules.list?.(inside, steps) ?? plain('[')
  }
}

export const plain = (text: string): AnswerPiece => ({ kind: 'plain', text })

/** A path of these steps, null standing for any element; null where a key holds both quotes, as no path can spell that. */
export function spellPath(steps: readonly (Step | null)[]): string | null {
  let path: string | null = ''
  for (const step of steps) {
    if (path === null) return null
    if (step === null) path += '[*]'
    else path = typeof step === 'number' ? `${path}[${step}]` : withKey(path, step)
  }
  return path === '' ? '$' : path
}

function withKey(path: string, key: string): string | null {
  if (/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(key)) return path === '' ? key : `${path}.${key}`
  if (!key.includes("'")) return `${path}['${key}']`
  return key.includes('"') ? null : `${path}["${key}"]`
}
