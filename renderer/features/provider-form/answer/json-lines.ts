import { mostLines, type AnswerLine, type AnswerPiece } from './answer-line.ts'

/** A number as it is written: long ids do not fit one. */
class WrittenNumber {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Value = null | boolean | string | WrittenNumber | Value[] | { [key: string]: Value }

export function jsonLines(body: string): AnswerLine[] | null {
  const parsed = parse(body)
  return parsed && new JsonLayout().of(parsed.value)
}

function parse(body: string): { value: Value } | null {
  try {
    const asWritten = (_key: string, value: unknown, context?: { source?: string }) =>
      typeof value === 'number' ? new WrittenNumber(context?.source ?? String(value)) : value
    return { value: JSON.parse(body, asWritten) as Value }
  } catch {
    return null
  }
}

class JsonLayout {
  private readonly lines: AnswerLine[] = []

  of(root: Value): AnswerLine[] {
    this.add(root, 0, '', [], '')
    return this.lines
  }

  /** `path` is null below a key that no path can name; `before` stands on the value's first line, `after` on its last. */
  private add(value: Value, depth: number, path: string | null, before: AnswerPiece[], after: string): void {
    if (this.lines.length >= mostLines) return
    if (!isStructure(value)) {
      const pieces = [...before, scalar(value, path)]
      this.lines.push({ depth, pieces: after ? [...pieces, plain(after)] : pieces })
      return
    }
    const entries = Object.entries(value)
    const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
    if (entries.length === 0) {
      this.lines.push({ depth, pieces: [...before, plain(`${open}${close}${after}`)] })
      return
    }
    this.lines.push({ depth, pieces: [...before, plain(open)] })
    entries.forEach(([key, member], index) => {
      const isIndex = Array.isArray(value)
      const name: AnswerPiece[] = isIndex ? [] : [{ kind: 'key', text: JSON.stringify(key) }, plain(': ')]
      const below = path === null ? null : isIndex ? `${path}[${key}]` : withKey(path, key)
      this.add(member, depth + 1, below, name, index < entries.length - 1 ? ',' : '')
    })
    this.lines.push({ depth, pieces: [plain(`${close}${after}`)] })
  }
}

const plain = (text: string): AnswerPiece => ({ kind: 'plain', text })

const isStructure = (value: Value): value is Value[] | { [key: string]: Value } =>
  typeof value === 'object' && value !== null && !(value instanceof WrittenNumber)

function scalar(value: null | boolean | string | WrittenNumber, path: string | null): AnswerPiece {
  const written = value instanceof WrittenNumber ? value.text : JSON.stringify(value)
  if (path === null || value === null) return { kind: 'value', text: written }
  const read = typeof value === 'string' ? value : written
  return { kind: 'value', text: written, path: path || '$', value: read }
}

/** Null where the key holds both quotes, as no path can spell that. */
function withKey(path: string, key: string): string | null {
  if (/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(key)) return path === '' ? key : `${path}.${key}`
  if (!key.includes("'")) return `${path}['${key}']`
  return key.includes('"') ? null : `${path}["${key}"]`
}
