import type { Note } from '../curl-words.ts'

const furthest = 300

/** Names the value whose caret inside of quotes looks meant to escape the sign behind it. */
export function keptCaret(text: string, at: number, kept: Set<string>): void {
  if (kept.size > 7 || !/[&|<>^%!()]/.test(text[at + 1] ?? '')) return
  const before = text.slice(Math.max(0, at - furthest), at)
  kept.add(/(?:^|["&?])([\w.[\]-]{1,60})=[^&"]*$/.exec(before)?.[1] ?? '^')
}

export function keptNotes(kept: ReadonlySet<string>): Note[] {
  if (kept.size === 0) return []
  const why =
    'A ^ inside quotes is kept as it stands; cmd.exe does the same. Take it out where the sample does not mean it.'
  return [{ kind: 'check', what: [...kept].join(', '), why }]
}
