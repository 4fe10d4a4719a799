/** How a raw body is written, which decides how values are escaped in it. */
export type RawKind = 'json' | 'xml' | 'form' | 'text'

export function rawKindOf(contentType: string): RawKind {
  const [type = ''] = contentType.split(';', 1)
  if (/\/.*json/i.test(type)) return 'json'
  if (/\/(?:.*\+)?xml/i.test(type)) return 'xml'
  return /x-www-form-urlencoded/i.test(type) ? 'form' : 'text'
}
