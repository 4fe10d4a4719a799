import { parseXml, type XmlElement } from '#shared/xml-document.ts'
import { mostLines, type AnswerLine, type AnswerPiece } from './answer-line.ts'

export function xmlLines(body: string): AnswerLine[] | null {
  const root = body.trimStart().startsWith('<') ? parseXml(body.trim()) : null
  if (!root || /^(?:.*:)?html$/i.test(root.name)) return null
  const lines: AnswerLine[] = []
  add(lines, root, 0, `/${root.name}`)
  return lines
}

function add(lines: AnswerLine[], element: XmlElement, depth: number, path: string): void {
  if (lines.length >= mostLines) return
  const elements = element.children.filter((child) => typeof child === 'object')
  const open = openTag(element, path)
  const close = plain(`</${element.name}>`)
  if (elements.length === 0) {
    lines.push({ depth, pieces: element.children.length > 0 ? [...open, text(element, path), close] : open })
    return
  }
  lines.push({ depth, pieces: open })
  for (const child of element.children) {
    if (typeof child === 'object') add(lines, child, depth + 1, `${path}/${stepTo(child, elements)}`)
    else if (child.trim() !== '') lines.push({ depth: depth + 1, pieces: [plain(child.trim())] })
  }
  lines.push({ depth, pieces: [close] })
}

function openTag({ name, attributes, children }: XmlElement, path: string): AnswerPiece[] {
  const pieces = [plain('<'), { kind: 'key' as const, text: name }]
  const named = [...attributes].flatMap(([key, value]): AnswerPiece[] => {
    const quoted = `"${value}"`
    // Namespaces are declared by attributes that no path reads.
    if (/^xmlns(?::|$)/.test(key)) return [plain(` ${key}=${quoted}`)]
    const attribute = { kind: 'value' as const, text: quoted, path: `${path}/@${key}`, value: value.trim() }
    return [plain(` ${key}=`), attribute]
  })
  return [...pieces, ...named, plain(children.length > 0 ? '>' : '/>')]
}

function text({ children }: XmlElement, path: string): AnswerPiece {
  const value = children.join('').trim()
  return { kind: 'value', text: value, path, value }
}

/** Counted among those that a path's name takes in: without a prefix it stands for any namespace's. */
function stepTo(element: XmlElement, siblings: XmlElement[]): string {
  const { name } = element
  const alike = siblings.filter((one) => one.name === name || localName(one.name) === name)
  return alike.length === 1 ? name : `${name}[${alike.indexOf(element) + 1}]`
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

const plain = (written: string): AnswerPiece => ({ kind: 'plain', text: written })
