import type { RecordedRequest } from '#shared/attempt.ts'
import { parseTemplate } from '#shared/placeholders.ts'
import { isOn, type RequestSettings } from './render-template.ts'

type Headers = RecordedRequest['headers']

/** The headers of a request as they go out, and as they are recorded with a body of so many bytes; null: without one. */
export interface Head {
  wire: [name: string, value: string][]
  recorded(bodyBytes: number | null): Headers
}

interface Kept {
  host: string
  userAgent: string
  contentType: string | null
  head: Head
}

const heads = new WeakMap<RequestSettings, Kept>()
const texts = new WeakMap<Headers, string>()
const mostLengths = 200

/**
 * The head that `make` makes, made once for all messages of the settings where their headers hold nothing of a single
 * message and no secret: then it only depends on what is given here. Nobody may change what is shared.
 */
export function headFor(
  settings: RequestSettings,
  about: Omit<Kept, 'head'>,
  make: () => { wire: Head['wire']; recorded: Headers },
): Head {
  const kept = heads.get(settings)
  if (
    kept &&
    kept.host === about.host &&
    kept.userAgent === about.userAgent &&
    kept.contentType === about.contentType
  )
    return kept.head
  const { wire, recorded } = make()
  if (!isFixed(settings)) return { wire, recorded: (bytes) => withLength(recorded, bytes) }
  const head = { wire, recorded: shared(recorded) }
  heads.set(settings, { ...about, head })
  return head
}

/** The JSON of recorded headers; that of shared ones is made once. */
export function headersText(headers: Headers): string {
  return texts.get(headers) ?? JSON.stringify(headers)
}

function isFixed({ auth, headers }: RequestSettings): boolean {
  const isPlain = (template: string) => parseTemplate(template).every(({ kind }) => kind === 'text')
  return auth.kind === 'none' && headers.filter(isOn).every(({ value }) => isPlain(value))
}

function withLength(headers: Headers, bodyBytes: number | null): Headers {
  if (bodyBytes === null) return headers
  return [...headers, { name: 'content-length', value: [String(bodyBytes)] }]
}

function shared(headers: Headers): Head['recorded'] {
  const known = new Map<number | null, Headers>()
  return (bodyBytes) => {
    const found = known.get(bodyBytes)
    if (found) return found
    const made = withLength(headers, bodyBytes)
    if (known.size >= mostLengths) known.clear()
    known.set(bodyBytes, made)
    texts.set(made, JSON.stringify(made))
    return made
  }
}
