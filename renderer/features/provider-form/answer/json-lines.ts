import { readAsWritten, WrittenNumber, type WrittenValue } from '#shared/json-text.ts'
import { mostLines, type AnswerLine, type AnswerPiece } from './answer-line.ts'

export function jsonLines(body: string): AnswerLine[] | null {
  const parsed = readAsWritten(body)
  return parsed && new JsonLayout().of(parsed.value)
}

class JsonLayout {
  private readonly lines: AnswerLine[] = []

  of(root: WrittenValue): AnswerLine[] {
    this.add(root, 0, '', [], '')
    return this.lines
  }

  /** `path` is null below a key that no path can name; `before` stands on the value's first line, `after` on its last. */
  private add(
    value: WrittenValue,
    depth: number,
    path: string | null,
    before: AnswerPiece[],
    after: string,
  ): void {
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

const isStructure = (value: WrittenValue): value is WrittenValue[] | { [key: string]: WrittenValue } =>
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
