const token = /"(?:\\.|[^"\\])*"|\{\{secret:[A-Za-z0-9_.-]+\}\}|[{}[\],:]|\s+|[^\s{}[\],:"]+/g

/** The indents alone would fill the memory: a text of 30,000 levels takes a gigabyte. */
const deepest = 500

/** As it stands where it is nested too deep. */
export function formatJson(text: string): string {
  return layOutJson(text) ?? text
}

/**
 * Lays JSON out, two spaces a level. Strings, numbers and placeholders stay letter by letter. Null where it is nested
 * too deep for that.
 */
export function layOutJson(text: string): string | null {
  const tokens = (text.match(token) ?? []).filter((one) => one.trim() !== '')
  const lines: string[] = ['']
  let depth = 0
  const add = (one: string) => (lines[lines.length - 1] += one)
  const breakLine = () => void lines.push('  '.repeat(depth))
  for (const [index, one] of tokens.entries()) {
    const previous = tokens[index - 1] ?? ''
    if (one === '}' || one === ']') {
      depth -= 1
      if (previous !== '{' && previous !== '[') breakLine()
      add(one)
      continue
    }
    if (previous === '{' || previous === '[') breakLine()
    add(one === ':' ? ': ' : one)
    if (one === '{' || one === '[') depth += 1
    else if (one === ',') breakLine()
    if (depth > deepest) return null
  }
  return lines.join('\n')
}
