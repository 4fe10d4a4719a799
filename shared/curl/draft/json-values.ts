export interface JsonValue {
  /** Keys and positions from the root. */
  path: (string | number)[]
  /** Of a string: inside its quotes. */
  start: number
  end: number
  kind: 'string' | 'number'
  value: string
}

/** An element of an array; `from` is where it begins with the comma before it. */
export interface JsonElement {
  path: (string | number)[]
  from: number
  end: number
}

interface Frame {
  array: boolean
  key: string
  index: number
  /** Where the element begins, and where the one before it ended. */
  start: number
  before: number
}

const deepest = 40

/**
 * The strings and numbers of a JSON text and where they stand. What is not JSON, such as a variable without quotes or
 * a comma too many, is passed over.
 */
export function jsonValues(text: string): { values: JsonValue[]; elements: JsonElement[] } {
  const scan = new JsonScan(text)
  scan.run()
  return scan
}

class JsonScan {
  readonly values: JsonValue[] = []
  readonly elements: JsonElement[] = []
  private readonly text: string
  private readonly frames: Frame[] = []
  /** Brackets beyond the depth that is looked at. */
  private beyond = 0
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  run(): void {
    while (this.at < this.text.length) this.step()
  }

  private step(): void {
    const character = this.text[this.at] ?? ''
    if (character === '"') return this.string()
    if (character === '{' || character === '[') this.open(character === '[')
    else if (character === '}' || character === ']') this.close()
    else if (character === ',') this.comma()
    else if (!/[\s:]/.test(character)) return this.bare()
    this.at += 1
  }

  private open(array: boolean): void {
    if (this.frames.length >= deepest) this.beyond += 1
    else this.frames.push({ array, key: '', index: 0, start: this.at + 1, before: this.at + 1 })
  }

  private close(): void {
    if (this.beyond > 0) this.beyond -= 1
    else {
      this.endElement()
      this.frames.pop()
    }
  }

  private comma(): void {
    if (this.beyond > 0) return
    this.endElement()
    const frame = this.frames.at(-1)
    if (!frame) return
    frame.index += 1
    frame.before = this.at
    frame.start = this.at
  }

  private endElement(): void {
    const frame = this.frames.at(-1)
    if (!frame?.array || this.frames.length > 6) return
    const held = this.text.slice(frame.start, this.at)
    this.elements.push({ path: this.path(), from: frame.before, end: frame.start + held.trimEnd().length })
  }

  private path(): (string | number)[] {
    return this.frames.map((frame) => (frame.array ? frame.index : frame.key))
  }

  private string(): void {
    const start = this.at + 1
    let end = start
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1
    end = Math.min(end, this.text.length)
    this.at = end + 1
    const frame = this.frames.at(-1)
    const isKey = frame && !frame.array && nextSign(this.text, this.at) === ':'
    const value = decode(this.text.slice(start, end))
    if (this.beyond > 0) return
    if (isKey) frame.key = value
    else this.values.push({ path: this.path(), start, end, kind: 'string', value })
  }

  private bare(): void {
    const word = /[^\s,:"{}[\]]+/y
    word.lastIndex = this.at
    const found = word.exec(this.text)?.[0] ?? ' '
    const isNumber = /^[+-]?\d[\d.eE+-]*$/.test(found)
    if (isNumber && this.beyond === 0) {
      this.values.push({
        path: this.path(),
        start: this.at,
        end: this.at + found.length,
        kind: 'number',
        value: found,
      })
    }
    this.at += found.length
  }
}

function nextSign(text: string, from: number): string {
  const space = /\s*/y
  space.lastIndex = from
  space.exec(text)
  return text[space.lastIndex] ?? ''
}

function decode(raw: string): string {
  try {
    const value: unknown = JSON.parse(`"${raw}"`)
    return typeof value === 'string' ? value : raw
  } catch {
    return raw
  }
}

/** `messages[0].to` */
export function pathInWords(path: readonly (string | number)[]): string {
  return path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${step.slice(0, 60)}`,
    )
    .join('')
}
