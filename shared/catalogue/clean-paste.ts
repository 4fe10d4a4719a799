import type { VendorField } from './entry.ts'

/** A value as it is meant, and a note on what was taken off it; null: it is as it was typed. */
export interface Cleaned {
  value: string
  note: string | null
}

const quotes = /^(["'“”‘’`])(.*)(["'“”‘’`])$/s
const prefix = /^(?:authorization:\s*)?(?:bearer|basic|app|accesskey|token|key)[\s:]+(?=\S)/i
// No-break and zero-width spaces come along with what is copied from web pages and chats.
const anySpace = /[\s\u00a0\u200b-\u200d\u2060\ufeff]/g
const outerSpace = /^[\s\u00a0\u200b-\u200d\u2060\ufeff]+|[\s\u00a0\u200b-\u200d\u2060\ufeff]+$/g

/** Takes off what a paste brings along by accident. What is clean stays as it is. */
export function cleanPaste({ clean, label }: Pick<VendorField, 'clean' | 'label'>, typed: string): Cleaned {
  const removed = new Set<string>()
  let value = typed
  // What is taken off may have hidden more: quotes behind a prefix, a prefix within quotes.
  for (let before: string | null = null; before !== value;) {
    before = value
    for (const [step, what] of steps[clean]) {
      const next = step(value)
      if (next !== value) removed.add(what(value))
      value = next
    }
  }
  return noted(value, [...removed], label)
}

type Step = [take: (value: string) => string, what: (value: string) => string]

const trim: Step = [(value) => value.replace(outerSpace, ''), () => 'spaces']
const unquote: Step = [(value) => value.replace(quotes, '$2'), () => 'quotes']
const inner: Step = [(value) => value.replace(anySpace, ''), () => 'spaces']

const steps: Record<VendorField['clean'], Step[]> = {
  text: [trim],
  token: [
    trim,
    unquote,
    [(value) => value.replace(prefix, ''), (value) => `“${prefix.exec(value)?.[0].trim() ?? ''}”`],
    inner,
  ],
  host: [
    trim,
    unquote,
    [(value) => value.replace(/^[a-z][a-z0-9+.-]*:\/\//i, ''), () => 'the scheme'],
    [(value) => value.replace(/[/?#].*$/s, ''), () => 'the path'],
    inner,
  ],
}

function noted(value: string, removed: readonly string[], label: string): Cleaned {
  if (removed.length === 0) return { value, note: null }
  const [last, ...before] = removed.toReversed()
  const list = before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`
  return { value, note: `Removed ${list} from the pasted ${label}.` }
}
