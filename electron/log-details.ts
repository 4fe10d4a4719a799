const secretName =
  /pass(word|phrase|wd)|\bpwd\b|token|secret|authori[sz]ation|api[-_ ]?key|private[-_ ]?key|credential|cookie/i
const deepest = 8
const mostItems = 200
const longestText = 20_000

export type Plain = null | boolean | number | string | Plain[] | { [name: string]: Plain }

/**
 * What is logged along with a message, as plain data without secrets: values of fields that are named like one are
 * replaced, known ones by `redact` wherever they stand. Never throws.
 */
export function plainDetails(details: unknown, redact: (text: string) => string): Plain {
  try {
    return plain(details, redact, [])
  } catch {
    // A getter, a proxy or a `toJSON` that throws must not take the caller down.
    return '[not readable]'
  }
}

function plain(value: unknown, redact: (text: string) => string, above: object[]): Plain {
  if (value === null || value === undefined || typeof value === 'boolean') return value ?? null
  if (typeof value === 'string') return redact(shortened(value))
  if (typeof value === 'number') return plainNumber(value, redact)
  if (typeof value !== 'object') return redact(shortened(String(value)))
  if (above.includes(value)) return '[circular]'
  if (above.length >= deepest) return '[too deep]'
  return plainObject(value, redact, [...above, value])
}

/** A number may be a secret too, such as a code. */
function plainNumber(value: number, redact: (text: string) => string): Plain {
  const text = String(value)
  return Number.isFinite(value) && redact(text) === text ? value : redact(text)
}

function plainObject(value: object, redact: (text: string) => string, above: object[]): Plain {
  if (value instanceof Error) return entriesToPlain(errorEntries(value), redact, above)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (value instanceof Map) return plain([...value], redact, above)
  if (Array.isArray(value) || value instanceof Set) {
    return [...value].slice(0, mostItems).map((item) => plain(item, redact, above))
  }
  return entriesToPlain(Object.entries(value), redact, above)
}

function errorEntries(error: Error): [string, unknown][] {
  const { name, message, stack, cause } = error
  const own = Object.entries(error).filter(([key]) => !['name', 'message', 'stack', 'cause'].includes(key))
  return [
    ['name', name],
    ['message', message],
    ['stack', stack],
    ...own,
    ...(cause ? [['cause', cause] as [string, unknown]] : []),
  ]
}

function entriesToPlain(
  entries: [string, unknown][],
  redact: (text: string) => string,
  above: object[],
): Plain {
  const kept = entries.slice(0, mostItems).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    kept.map(([name, value]) => [
      redact(name),
      hides(name, value) ? '[secret]' : plain(value, redact, above),
    ]),
  )
}

function hides(name: string, value: unknown): boolean {
  return value !== null && typeof value !== 'boolean' && secretName.test(name)
}

function shortened(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}… (${text.length} characters)` : text
}
