/** An element as it is written: names with their prefixes, text and elements in order. */
export interface XmlElement {
  name: string
  attributes: ReadonlyMap<string, string>
  children: (XmlElement | string)[]
}

/** Deeper than any answer, and shallow enough for whoever walks the tree. */
const deepest = 256

/**
 * Reads an XML document: no DTD and no entities but the five of XML itself, so that nothing unfolds and nothing is
 * fetched. Null where it is not well-formed, has entities of its own, or nests too deep. Bare ampersands are let pass,
 * as many gateways write their texts without escaping them.
 */
export function parseXml(text: string): XmlElement | null {
  return new Reader(text).read()
}

const openTag = /<([^\s=/>"'<!?&]+)/y
const attribute = /\s+([^\s=/>"'<]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
const tagEnd = /\s*(\/?)>/y
const closeTag = /<\/([^\s=/>"'<]+)\s*>/y

class Reader {
  private readonly text: string
  private at = 0
  private readonly document: XmlElement = { name: '', attributes: new Map(), children: [] }
  private readonly open: XmlElement[] = [this.document]

  constructor(text: string) {
    this.text = text
  }

  read(): XmlElement | null {
    while (this.at < this.text.length) if (!this.step()) return null
    const [root, ...more] = this.document.children
    return this.open.length === 1 && typeof root === 'object' && more.length === 0 ? root : null
  }

  /** Takes one piece of markup or the text before the next one. */
  private step(): boolean {
    if (this.text[this.at] !== '<') return this.takeText()
    if (this.startsWith('<!--')) return this.skipPast('-->', 4)
    if (this.startsWith('<?')) return this.skipPast('?>', 2)
    if (this.startsWith('<![CDATA[')) return this.takeCharacterData()
    if (this.startsWith('<!')) return this.skipDoctype()
    return this.startsWith('</') ? this.closeElement() : this.openElement()
  }

  private startsWith(start: string): boolean {
    return this.text.startsWith(start, this.at)
  }

  private skipPast(end: string, from: number): boolean {
    const found = this.text.indexOf(end, this.at + from)
    this.at = found + end.length
    return found !== -1
  }

  /** One that defines entities or anything else is refused. */
  private skipDoctype(): boolean {
    const end = this.text.indexOf('>', this.at)
    const doctype = end === -1 ? '' : this.text.slice(this.at, end)
    this.at = end + 1
    return this.open.length === 1 && /^<!DOCTYPE\s/i.test(doctype) && !doctype.includes('[')
  }

  private takeText(): boolean {
    const next = this.text.indexOf('<', this.at)
    const end = next === -1 ? this.text.length : next
    const text = this.text.slice(this.at, end)
    this.at = end
    if (this.open.length > 1) return this.add(decodeXml(text.replace(/\r\n?/g, '\n')))
    return text.trim() === ''
  }

  private takeCharacterData(): boolean {
    const start = this.at + '<![CDATA['.length
    const isClosed = this.skipPast(']]>', 9)
    if (!isClosed || this.open.length === 1) return false
    return this.add(this.text.slice(start, this.at - 3).replace(/\r\n?/g, '\n'))
  }

  private openElement(): boolean {
    const name = this.take(openTag)?.[1]
    if (name === undefined || this.open.length > deepest) return false
    const attributes = new Map<string, string>()
    for (let match = this.take(attribute); match; match = this.take(attribute)) {
      const [, key = '', double, single] = match
      if (attributes.has(key)) return false
      attributes.set(key, decodeXml((double ?? single ?? '').replace(/[\t\n\r]/g, ' ')))
    }
    const end = this.take(tagEnd)
    if (!end) return false
    const element: XmlElement = { name, attributes, children: [] }
    this.add(element)
    if (end[1] === '') this.open.push(element)
    return true
  }

  private closeElement(): boolean {
    const name = this.take(closeTag)?.[1]
    return this.open.length > 1 && this.open.pop()?.name === name
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text)
    if (match) this.at = pattern.lastIndex
    return match
  }

  private add(child: XmlElement | string): boolean {
    this.open.at(-1)?.children.push(child)
    return true
  }
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Undoes the references that XML itself knows; any other stays as it is written. */
export function decodeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g,
    (whole, name, decimal, hex) => {
      if (name !== undefined) return entities[name as string] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}
