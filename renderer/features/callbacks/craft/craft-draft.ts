import { longestCallback, type CraftedRequest } from '#shared/callbacks/callback-commands.ts'

/** A request as it is typed: headers a line each, but for the content type. */
export interface CraftDraft {
  providerId: string | null
  method: 'GET' | 'POST'
  query: string
  contentType: string
  headers: string
  body: string
}

export const contentTypes = [
  'application/json',
  'application/x-www-form-urlencoded',
  'application/xml',
  'text/plain',
]

export const emptyDraft = (providerId: string | null): CraftDraft => ({
  providerId,
  method: 'POST',
  query: '',
  contentType: 'application/json',
  headers: '',
  body: '',
})

export function draftOf({ providerId, method, query, headers, body }: CraftedRequest): CraftDraft {
  const isType = ({ name }: { name: string }) => name.toLowerCase() === 'content-type'
  return {
    providerId,
    method,
    query,
    contentType: headers.find(isType)?.value ?? '',
    headers: headers
      .filter((header) => !isType(header))
      .map(({ name, value }) => `${name}: ${value}`)
      .join('\n'),
    body,
  }
}

/** The request, or what is wrong by field. */
export function requestOf(
  draft: CraftDraft,
): { ok: true; request: CraftedRequest } | { ok: false; errors: Record<string, string> } {
  const { providerId, method, contentType } = draft
  const lines = draft.headers.split('\n').map((line) => line.trim())
  const wrong = lines.findIndex((line) => line !== '' && !/^[!#$%&'*+.^_`|~\w-]+\s*:/.test(line))
  const errors: Record<string, string> = {}
  if (providerId === null) errors['providerId'] = 'Choose the provider whose address it comes to.'
  if (wrong >= 0) errors['headers'] = `Write line ${wrong + 1} as a name, a colon and a value.`
  if (/[\r\n]/.test(draft.query)) errors['query'] = 'Write the query in one line.'
  if (new TextEncoder().encode(draft.body).length > longestCallback)
    errors['body'] = 'The body is longer than 256 KiB, which the listener does not take.'
  if (providerId === null || Object.keys(errors).length > 0) return { ok: false, errors }
  const headers = lines.filter(Boolean).map((line) => {
    const at = line.indexOf(':')
    return { name: line.slice(0, at).trim(), value: line.slice(at + 1).trim() }
  })
  const type = contentType.trim()
  return {
    ok: true,
    request: {
      providerId,
      method,
      query: draft.query.trim().replace(/^\?/, ''),
      headers: type === '' ? headers : [{ name: 'Content-Type', value: type }, ...headers],
      // A GET has none, whatever was typed before.
      body: method === 'GET' ? '' : draft.body,
    },
  }
}
