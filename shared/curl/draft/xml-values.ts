import { decodeXml } from '../../xml-document.ts'

export interface XmlValue {
  /** Names of the elements around it, its own or its attribute's last. */
  path: string[]
  start: number
  end: number
  value: string
}

const deepest = 40

/** The texts and attribute values of an XML document and where they stand; what is not well-formed is passed over. */
export function xmlValues(text: string): XmlValue[] {
  const values: XmlValue[] = []
  const open: string[] = []
  for (let at = 0; at < text.length;) {
    const less = text.indexOf('<', at)
    const end = less < 0 ? text.length : less
    addText(text, at, end, open, values)
    if (less < 0) break
    at = readMarkup(text, less, open, values)
  }
  return values
}

function addText(text: string, from: number, to: number, open: readonly string[], values: XmlValue[]): void {
  const held = text.slice(from, to)
  const trimmed = held.trim()
  if (trimmed === '' || open.length === 0 || open.length > deepest) return
  const start = from + held.indexOf(trimmed)
  values.push({ path: [...open], start, end: start + trimmed.length, value: decodeXml(trimmed) })
}

/** Where the reading goes on. */
function readMarkup(text: string, at: number, open: string[], values: XmlValue[]): number {
  if (text.startsWith('<![CDATA[', at)) {
    const end = text.indexOf(']]>', at)
    const held = text.slice(at + 9, end < 0 ? text.length : end)
    if (held.trim() !== '' && open.length > 0 && open.length <= deepest)
      values.push({ path: [...open], start: at + 9, end: at + 9 + held.length, value: held })
    return end < 0 ? text.length : end + 3
  }
  if (text.startsWith('<!--', at)) return past(text, '-->', at)
  if (text[at + 1] === '?' || text[at + 1] === '!') return past(text, '>', at)
  const end = past(text, '>', at)
  const tag = text.slice(at, end)
  if (tag.startsWith('</')) open.pop()
  else {
    const name = localName(/^<([^\s/>]{1,200})/.exec(tag)?.[1] ?? '')
    const attributes = addAttributes(tag, at, [...open.slice(0, deepest), name], values)
    const named = /^(?:param|parameter|field|property|item|arg)$/i.test(name)
      ? attributes.get('name')
      : undefined
    if (!tag.endsWith('/>')) open.push(named ?? name)
  }
  return end
}

function past(text: string, sign: string, from: number): number {
  const end = text.indexOf(sign, from)
  return end < 0 ? text.length : end + sign.length
}

function addAttributes(tag: string, at: number, path: string[], values: XmlValue[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const match of tag.matchAll(/\s([\w:.-]{1,100})\s{0,5}=\s{0,5}(?:"([^"]*)"|'([^']*)')/g)) {
    const [whole, name = '', double, single] = match
    const raw = double ?? single ?? ''
    const start = at + match.index + whole.length - 1 - raw.length
    found.set(name.toLowerCase(), decodeXml(raw))
    if (/^xmlns(?::|$)/.test(name)) continue
    if (raw !== '')
      values.push({ path: [...path, localName(name)], start, end: start + raw.length, value: decodeXml(raw) })
  }
  return found
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)
