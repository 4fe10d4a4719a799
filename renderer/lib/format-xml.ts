interface Node {
  /** The tag, or the whole of what has no content. */
  open: string
  /** Null for what has no content. */
  close: string | null
  /** Source between the tags. */
  inner: string
  children: Node[]
  /** Holds text of its own, whose spaces count. */
  mixed: boolean
}

// The last is markup that is not closed: it takes the rest, or each of many would be looked for to the end again.
const token =
  /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<![^>[]*(?:\[[^\]]*\][^>]*)?>|<(?:[^>"']|"[^"]*"|'[^']*')*>|[^<]+|(<[^]*)/g
const deepest = 500

/** As it stands where it is nested too deep. */
export function formatXml(text: string): string {
  return layOutXml(text) ?? text
}

/**
 * Lays well-formed XML out, two spaces a level. What holds text stays letter by letter, as do attributes. Null where it
 * is nested too deep for that.
 */
export function layOutXml(text: string): string | null {
  const root: Node = { open: '', close: '', inner: '', children: [], mixed: false }
  const open: { node: Node; from: number }[] = [{ node: root, from: 0 }]
  for (const match of text.matchAll(token)) {
    const { node, from } = open.at(-1) ?? { node: root, from: 0 }
    const [one, unclosed] = match
    if (unclosed !== undefined) return text
    if (one.startsWith('</')) {
      open.pop()
      node.close = one
      node.inner = text.slice(from, match.index)
    } else if (/^<[^!?]/.test(one)) {
      const child: Node = { open: one, close: null, inner: '', children: [], mixed: keepsSpace(one) }
      node.children.push(child)
      if (!one.endsWith('/>')) open.push({ node: child, from: match.index + one.length })
    } else if (one.startsWith('<![CDATA[') || (!one.startsWith('<') && one.trim() !== '')) node.mixed = true
    else if (one.startsWith('<')) node.children.push(leaf(one))
    if (open.length > deepest) return null
  }
  return root.children.map((child) => linesOf(child, 0).join('\n')).join('\n')
}

const leaf = (open: string): Node => ({ open, close: null, inner: '', children: [], mixed: false })
const keepsSpace = (tag: string) => /\sxml:space\s*=\s*["']preserve/.test(tag)

function linesOf(node: Node, depth: number): string[] {
  const indent = '  '.repeat(depth)
  if (node.close === null) return [indent + node.open]
  if (node.mixed || node.children.length === 0) return [indent + node.open + node.inner + node.close]
  return [
    indent + node.open,
    ...node.children.flatMap((child) => linesOf(child, depth + 1)),
    indent + node.close,
  ]
}
