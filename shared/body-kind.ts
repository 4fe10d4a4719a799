/** How a raw body is written, which decides how values are escaped in it. */
export type RawKind = 'json' | 'xml' | 'form' | 'text'

export function rawKindOf(contentType: string): RawKind {
  const [type = ''] = contentType.split(';', 1)
  if (/\/.*json/i.test(type)) return 'json'
  if (/\/(?:.*\+)?xml/i.test(type)) return 'xml'
  return /x-www-form-urlencoded/i.test(type) ? 'form' : 'text'
}

/** One JSON value a line, instead of one in all. */
export function isNewlineJson(contentType: string): boolean {
  return /ndjson|jsonl|json-?lines/i.test(contentType.split(';', 1)[0] ?? '')
}

/** Why no body of this type can be sent, in words, or null. */
export function contentTypeIssue(contentType: string): string | null {
  if (/^\s*multipart\//i.test(contentType))
    return 'Multipart bodies are not supported. Send the same fields as a form, if the provider takes it.'
  const charset = charsetOf(contentType)
  if (charset === null || /^(?:utf-?8|us-ascii|ascii)$/i.test(charset) || /\$\$|\{\{/.test(charset))
    return null
  return `Bodies are sent as UTF-8: write charset=utf-8, or leave ${charset.slice(0, 40)} out.`
}

/** The charset that a content type names. */
export function charsetOf(contentType: string): string | null {
  const [, quoted, bare] = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType) ?? []
  const charset = (quoted ?? bare ?? '').trim()
  return charset === '' ? null : charset
}
