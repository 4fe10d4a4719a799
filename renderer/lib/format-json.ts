const token = /"(?:\\.|[^"\\])*"|\{\{secret:[A-Za-z0-9_.-]+\}\}|[{}[\],:]|\s+|[^\s{}[\],:"]+/g

/** Lays JSON out, two spaces a level. Strings, numbers and placeholders stay letter by letter. */
export function formatJson(text: string): string {
  const tokens = (text.match(token) ?? []).filter((one) => one.trim() !== '')
  const lines: string[] = ['']
  let depth = 0
  const add = (one: string) => (lines[lines.length - 1] += one)
  const breakLine = () => void lines.push('  '.repeat(depth))
  tokens.forEach((one, index) => {
    const previous = tokens[index - 1] ?? ''
    if (one === '}' || one === ']') {
      depth -= 1
      if (previous !== '{' && previous !== '[') breakLine()
      add(one)
      return
    }
    if (previous === '{' || previous === '[') breakLine()
    add(one === ':' ? ': ' : one)
    if (one === '{' || one === '[') depth += 1
    else if (one === ',') breakLine()
  })
  return lines.join('\n')
}
