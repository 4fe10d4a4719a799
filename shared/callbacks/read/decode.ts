import { charsetOf } from '../../body-kind.ts'
import { parseXml, type XmlElement } from '../../xml-document.ts'
import { readForm, noFields, type Fields } from './decode-form.ts'
import { readJson, whyNoJson } from './decode-json.ts'
import { readMultipart } from './decode-multipart.ts'
import { mostFields } from './limits.ts'

export interface RawCallback {
  method: string
  /** Without its question mark. */
  query: string
  /** The header as it came; empty: none. */
  contentType: string
  body: string
}

/** What a request holds, ready to be looked through. */
export interface DecodedCallback {
  /** JSON, or the fields of a form; null: there is no body, or one in XML. */
  body: object | null
  xml: XmlElement | null
  query: Fields
  trouble: 'unreadable' | 'empty' | null
  /** Why, in words with the place. */
  why: string | null
}

/**
 * Reads a request by what it holds rather than by what it says that it is: JSON under any content type, a form whose only
 * key is JSON, forms of both kinds, XML. Never throws; takes time in proportion to its length.
 */
export function decodeCallback({ query, contentType, body }: RawCallback): DecodedCallback {
  const asked = readForm(query, null)
  const tooMany = (): DecodedCallback => failed('unreadable', `It has more than ${mostFields} fields.`)
  if (asked === null) return tooMany()
  const text = body.replace(/^\uFEFF/, '')
  const found = (read: Partial<DecodedCallback>): DecodedCallback => {
    const decoded = { body: null, xml: null, query: asked, trouble: null, why: null, ...read }
    return isEmpty(decoded) ? { ...decoded, trouble: 'empty', why: emptyWords } : decoded
  }

  if (text.trim() === '') return found({})
  const json = readJson(text)
  if (json) return found({ body: json.value })
  if (/multipart\/form-data/i.test(contentType)) {
    const fields = readMultipart(text, contentType)
    return fields
      ? found({ body: fields })
      : found(unread('The body has no parts with the boundary that its type names.'))
  }
  if (/^\s*</.test(text)) {
    const xml = parseXml(text)
    return found(xml ? { xml } : unread('The body is no well-formed XML.'))
  }
  if (/^\s*[[{]/.test(text)) return found(unread(whyNoJson(text)))
  const fields = readForm(text.trim(), contentType === '' ? null : charsetOf(contentType))
  if (fields === null) return tooMany()
  const inKey = onlyKey(fields)
  if (inKey) return found({ body: inKey })
  const isForm = text.includes('=') || /x-www-form-urlencoded/i.test(contentType)
  return found(isForm ? { body: fields } : unread('The body is no JSON, form or XML.'))
}

const emptyWords = 'It holds nothing. Vendors try an address so.'

function failed(trouble: 'unreadable', why: string): DecodedCallback {
  return { body: null, xml: null, query: noFields(), trouble, why }
}

const unread = (why: string) => ({ trouble: 'unreadable', why }) as const

/** A form without values whose one key is JSON: a body of another type, sent as a form by mistake. */
function onlyKey(fields: Fields): object | null {
  const [key, ...more] = Object.keys(fields)
  return key !== undefined && more.length === 0 && fields[key] === '' ? (readJson(key)?.value ?? null) : null
}

function isEmpty({ body, xml, query, trouble }: DecodedCallback): boolean {
  if (trouble !== null || xml !== null || Object.keys(query).length > 0) return false
  return body === null || Object.keys(body).length === 0
}
