/** Words of the format itself and ids, in which nothing that somebody typed can stand. */
const own = new Set([
  'format',
  'program',
  'exportedAt',
  'id',
  'providerId',
  'country',
  'encoding',
  'state',
  'outcomeClass',
  'outcomeCode',
  'class',
  'code',
  'kind',
  'method',
  'origin',
  'signature',
  'effect',
  'place',
  'secret',
  'systemCode',
  'timeout',
  'expected',
  'breaker',
  'stopped',
  'how',
  'reason',
  'onUnknown',
  'onRejected',
  'numberFormat',
  'credentialsIn',
  'timeForm',
  'zone',
  'currency',
  'own',
])
/** Of the format's, unlike the reasons that a vendor or a machine gives. */
const reason = /^[a-z_]{1,40}$/
/** Under these the words of the format mean other things. */
const typed = new Set(['headers', 'values', 'fields', 'rows'])

type Change = (text: string) => string

/** The same with each text changed that is not the format's own. */
export function mapTexts<Value>(value: Value, change: Change): Value {
  return mapped(value, change, false) as Value
}

function mapped(value: unknown, change: Change, isTyped: boolean): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((one) => mapped(one, change, isTyped))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      // Bytes that are no text are looked through as they are, and not as base64 writes them.
      if (name === 'base64' && typeof inner === 'string') return [name, base64With(inner, change)]
      const keeps = !isTyped && own.has(name) && isOwn(name, inner)
      return [name, keeps ? inner : mapped(inner, change, typed.has(name))]
    }),
  )
}

function isOwn(name: string, value: unknown): boolean {
  if (Array.isArray(value)) return name === 'own'
  return typeof value === 'string' && (name !== 'reason' || reason.test(value))
}

function base64With(base64: string, change: Change): string {
  const text = Buffer.from(base64, 'base64').toString('latin1')
  return Buffer.from(change(text), 'latin1').toString('base64')
}

/** All of them, one after the other. */
export function textsOf(value: unknown): string[] {
  const found: string[] = []
  mapTexts(value, (text) => {
    found.push(text)
    return text
  })
  return found
}
