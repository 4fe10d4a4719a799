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
  return typeof value === 'string' ? value : JSON.stringify(value)
}
