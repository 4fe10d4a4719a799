import { remembered } from './remembered.ts'
import type { XmlElement } from './xml-document.ts'

interface Step {
  /** `//`: at any depth. */
  deep: boolean
  kind: 'element' | 'attribute' | 'text'
  /** As written; without a prefix it names any namespace's, and `*` any name. */
  name: string
  /** `[n]`, counted from 1 among the children of one element; 0: all. */
  position: number
}

interface XmlPath {
  steps: readonly Step[]
  issue: string | null
}

/**
 * The texts that a path leads to, trimmed: `/response/status`, `//message[2]/@id`, `/a/b/text()`. A small part of XPath
 * 1.0, in which a name without a prefix stands for that name in any namespace.
 */
export function readXml(root: XmlElement, path: string): string[] {
  const { steps, issue } = compiled(path)
  if (issue !== null) return []
  let elements: XmlElement[] = [{ name: '', attributes: new Map(), children: [root] }]
  for (const step of steps) {
    const from = step.deep ? withDescendants(elements) : elements
    if (step.kind === 'attribute') return from.flatMap((element) => attributesOf(element, step.name))
    if (step.kind === 'text') return from.flatMap(ownText)
    elements = from.flatMap((element) => childrenOf(element, step))
  }
  return elements.map((element) => textOf(element).trim())
}

/** Each once, though one may lie inside another. */
function withDescendants(elements: readonly XmlElement[]): XmlElement[] {
  const all = new Set<XmlElement>()
  const visit = (element: XmlElement) => {
    if (all.has(element)) return
    all.add(element)
    for (const child of element.children) if (typeof child === 'object') visit(child)
  }
  elements.forEach(visit)
  return [...all]
}

function childrenOf(element: XmlElement, { name, position }: Step): XmlElement[] {
  const named = element.children.filter((child) => typeof child === 'object' && isNamed(child.name, name))
  return (position === 0 ? named : named.slice(position - 1, position)) as XmlElement[]
}

function attributesOf(element: XmlElement, name: string): string[] {
  return [...element.attributes]
    .filter(([key]) => !/^xmlns(?::|$)/.test(key) && isNamed(key, name))
    .map(([, value]) => value.trim())
}

function isNamed(name: string, wanted: string): boolean {
  return wanted === '*' || name === wanted || name.slice(name.indexOf(':') + 1) === wanted
}

function ownText(element: XmlElement): string[] {
  const texts = element.children.filter((child) => typeof child === 'string')
  return texts.length === 0 ? [] : [texts.join('').trim()]
}

function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('')
}

/** What is wrong with a path, in words, or null. */
export function xmlPathIssue(path: string): string | null {
  return compiled(path).issue
}

const compiled = remembered(500, (path) => compile(path.trim()))

const stepPattern = /(\/\/?)(?:@([^\s/[\]@()=]+)|(text\(\))|([^\s/[\]@()=]+)(?:\[\s*([1-9]\d{0,5})\s*\])?)/y

function compile(path: string): XmlPath {
  const refuse = (issue: string): XmlPath => ({ steps: [], issue })
  if (!path.startsWith('/')) return refuse('Begin an XML path with a slash, as in /response/status.')
  const steps: Step[] = []
  stepPattern.lastIndex = 0
  for (let at = 0; at < path.length; at = stepPattern.lastIndex) {
    const last = steps.at(-1)
    if (last && last.kind !== 'element') return refuse('An attribute or text() can only be the last step.')
    const rest = path.slice(at)
    const match = stepPattern.exec(path)
    if (!match) return refuse(whyNoStep(rest))
    const [, slashes, attribute, text, element, position] = match
    const kind = attribute !== undefined ? 'attribute' : text !== undefined ? 'text' : 'element'
    const name = attribute ?? element ?? ''
    steps.push({ deep: slashes === '//', kind, name, position: Number(position ?? 0) })
  }
  return { steps, issue: null }
}

function whyNoStep(rest: string): string {
  if (/^\/+$/.test(rest)) return 'A name is missing after the last slash.'
  if (rest.startsWith('///')) return 'Write one slash, or two for any depth.'
  const shown = rest.length > 20 ? `${rest.slice(0, 20)}…` : rest
  return `“${shown}” cannot be read: write /name, /name[1], //name, /@name or /text().`
}
