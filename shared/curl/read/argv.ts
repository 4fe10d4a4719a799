/**
 * Splits a Windows command line as the C runtime does (Microsoft, "Parsing C command-line arguments"): backslashes
 * count only before a quote, and two quotes inside of quotes are one.
 */
export function splitArguments(line: string): string[] {
  const words: string[] = []
  let word: string | null = null
  let quoted = false
  for (let at = 0; at < line.length;) {
    const slashes = countBackslashes(line, at)
    const character = line[at + slashes]
    if (slashes > 0) {
      const escaping = character === '"'
      word = (word ?? '') + '\\'.repeat(escaping ? slashes >> 1 : slashes)
      at += slashes
      if (!escaping || slashes % 2 === 0) continue
      word += '"'
      at += 1
    } else if (character === '"' && quoted && line[at + 1] === '"') {
      word = `${word ?? ''}"`
      at += 2
    } else if (character === '"') {
      quoted = !quoted
      word ??= ''
      at += 1
    } else if (!quoted && (character === ' ' || character === '\t')) {
      if (word !== null) words.push(word)
      word = null
      at += 1
    } else {
      word = (word ?? '') + (character ?? '')
      at += 1
    }
  }
  if (word !== null) words.push(word)
  return words
}

function countBackslashes(line: string, at: number): number {
  let count = 0
  while (line[at + count] === '\\') count += 1
  return count
}

/**
 * Windows PowerShell hands quotes inside of an argument over as they are, and the C runtime takes them away, so people
 * write `\"`. Undoes that where every quote of the argument is written so.
 */
export function withoutArgvEscapes(word: string): string {
  if (!word.includes('\\"') || /(?<!\\)(?:\\\\)*"/.test(word)) return word
  return word.replace(/(?<!\\)(\\+)"/g, (_, slashes: string) => `${'\\'.repeat(slashes.length >> 1)}"`)
}
