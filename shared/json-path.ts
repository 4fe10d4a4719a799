/**
 * Reads a value by a plain path: `messages[0].id`, `$.result['message-id']`, `data.0.code`. Answers undefined where the
 * path leads nowhere. Own properties only, so that `constructor` and the like find nothing.
 */
export function readPath(value: unknown, path: string): unknown {
  let current = value
  for (const step of pathSteps(path)) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined
    current = (current as Record<string, unknown>)[step]
  }
  return current
}

const stepPattern = /\[\s*(?:"([^"]*)"|'([^']*)'|(\d+))\s*\]|\.?([^.[\]]+)/g

function pathSteps(path: string): string[] {
  const trimmed = path.trim().replace(/^\$\.?/, '')
  return [...trimmed.matchAll(stepPattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? match[4] ?? '')
}

/** A found value as text: strings as they are, other scalars and structures as JSON; null and undefined as nothing. */
export function asText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  try {
    return JSON.stringify(value)
  } catch {
    // Nested deep enough, a structure overflows the stack of whoever writes it out; nobody could read it either.
    return ''
  }
}

const saysNoError = /^(?:[-+]?0+(?:\.0+)?|false|null|none|ok|okay|success|successful|no error)\.?$/i

/**
 * Whether a found value names an error. Many answers carry their error field always, with a zero, an "OK" or an empty
 * list in it when there is none; a structure says nothing that can be told apart from that.
 */
export function namesError(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return false
  const text = asText(value).trim()
  return text !== '' && !saysNoError.test(text)
}
