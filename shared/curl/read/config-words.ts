/**
 * A configuration that is piped into curl (`--config -`) as the arguments that it stands for (curl manual, `--config`):
 * a name with or without hyphens, then a value behind `=`, `:` or space, in quotes or bare.
 */
export function expandConfig(words: readonly string[], input: string | null): string[] {
  const at = words.findIndex((word, index) => /^(?:-K|--config)$/.test(word) && words[index + 1] === '-')
  if (at < 0 || input === null) return [...words]
  return [...words.slice(0, at), ...input.split(/\r?\n/).flatMap(lineWords), ...words.slice(at + 2)]
}

function lineWords(line: string): string[] {
  const text = line.trim()
  const [name] = /^[^\s=:]+/.exec(text) ?? []
  if (name === undefined || text.startsWith('#')) return []
  const flag = name.startsWith('-') ? name : `--${name}`
  const rest = text.slice(name.length).replace(/^\s*[=:]?\s*/, '')
  if (rest === '') return [flag]
  return [flag, rest.startsWith('"') ? quoted(rest) : rest.replace(/\s.*$/s, '')]
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', v: '\v' }

function quoted(text: string): string {
  const held = /^"((?:[^"\\]|\\.)*)/s.exec(text)?.[1] ?? ''
  return held.replace(/\\(.)/gs, (_, sign: string) => escapes[sign] ?? sign)
}
