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

/** Takes off what a paste brings along by accident. */
export function cleanPaste({ clean, label }: Pick<VendorField, 'clean' | 'label'>, typed: string): Cleaned {
  const removed: string[] = []
  const take = (next: string, what: string) => {
    if (next === value) return
    value = next
    removed.push(what)
  }
  let value = typed
  take(
    value.replace(/^[\s\u00a0\u200b-\u200d\u2060\ufeff]+|[\s\u00a0\u200b-\u200d\u2060\ufeff]+$/g, ''),
    'spaces',
  )
  if (clean === 'text') return noted(value, removed, label)
  take(value.replace(quotes, '$2').trim(), 'quotes')
  if (clean === 'token') take(value.replace(prefix, ''), `“${prefix.exec(value)?.[0].trim() ?? ''}”`)
  if (clean === 'host') {
    take(value.replace(/^[a-z][a-z0-9+.-]*:\/\//i, ''), 'the scheme')
    take(value.replace(/[/?#].*$/s, ''), 'the path')
  }
  take(value.replace(anySpace, ''), 'spaces')
  return noted(value, [...new Set(removed)], label)
}

function noted(value: string, removed: readonly string[], label: string): Cleaned {
  if (removed.length === 0) return { value, note: null }
  const [last, ...before] = removed.toReversed()
  const list = before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`
  return { value, note: `Removed ${list} from the pasted ${label}.` }
}
