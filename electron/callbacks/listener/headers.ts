/** Names in lower case; values of one name joined by a comma and a space. */
export function headersOf(raw: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>()
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at]?.toLowerCase() ?? ''
    const before = headers.get(name)
    headers.set(name, before === undefined ? (raw[at + 1] ?? '') : `${before}, ${raw[at + 1] ?? ''}`)
  }
  return headers
}

export function headerIn(raw: readonly string[], name: string): string {
  for (let at = 0; at + 1 < raw.length; at += 2) if (raw[at]?.toLowerCase() === name) return raw[at + 1] ?? ''
  return ''
}

/** Name and value in pairs, without those that only say that it is one of ours. */
export function keptHeaders(raw: readonly string[], without: string): [string, string][] {
  const pairs: [string, string][] = []
  for (let at = 0; at + 1 < raw.length; at += 2)
    if (raw[at]?.toLowerCase() !== without) pairs.push([raw[at] ?? '', raw[at + 1] ?? ''])
  return pairs
}
