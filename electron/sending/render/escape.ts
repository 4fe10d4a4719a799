import type { SecretPlace } from '#shared/attempt.ts'

/** A value that cannot stand where its placeholder is; the message says why, for people. */
export class UnrenderableError extends Error {}

/**
 * Makes a value safe for the place it lands in, so that the other side reads back exactly the value. A lone surrogate,
 * which UTF-8 cannot write, becomes U+FFFD everywhere.
 */
export function escapeFor(place: SecretPlace, value: string): string {
  switch (place) {
    case 'raw':
      return wellFormed(value)
    case 'url':
      return percentEncode(value)
    case 'form':
      return formEncode(value)
    case 'json':
      return JSON.stringify(wellFormed(value)).slice(1, -1)
    case 'xml':
      return escapeXml(value)
    case 'cdata':
      return escapeCharacterData(value)
    case 'basic':
      return Buffer.from(value, 'utf8').toString('base64')
  }
}

/** RFC 3986, everything but unreserved characters. */
export function percentEncode(value: string): string {
  return encodeURIComponent(wellFormed(value)).replace(/[!'()*]/g, percentHex)
}

/** The serialiser of application/x-www-form-urlencoded in the WHATWG URL standard. */
export function formEncode(value: string): string {
  return encodeURIComponent(wellFormed(value))
    .replace(/[!'()~]/g, percentHex)
    .replaceAll('%20', '+')
}

function percentHex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

export function wellFormed(value: string): string {
  // Hardly any value has a surrogate at all, which is quickly seen.
  return /[\uD800-\uDFFF]/.test(value) ? value.replace(/\p{Surrogate}/gu, '\uFFFD') : value
}

// Control characters that XML 1.0 can hold in no form, not even as references.
const notInXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/

function xmlText(value: string): string {
  const text = wellFormed(value)
  if (notInXml.test(text))
    throw new UnrenderableError('A value holds a control character, which XML cannot carry.')
  return text
}

/** Line breaks and tabs become references, as an attribute would otherwise turn them into spaces. */
export function escapeXml(value: string): string {
  return xmlText(value).replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** In a comment two hyphens, or one at its end, would break the document. */
export function escapeXmlComment(value: string): string {
  return escapeXml(value).replaceAll('-', '&#45;')
}

const nextSection = ']]><![CDATA['

/**
 * Nothing is escaped in CDATA. Its own end is split between two sections, also where it could come about with what
 * stands before or after the value; a carriage return, which readers turn into a line feed, stands outside of them.
 */
export function escapeCharacterData(value: string): string {
  const text = xmlText(value)
  const inner = text.replaceAll(']]>', `]]${nextSection}>`).replaceAll('\r', ']]>&#13;<![CDATA[')
  return `${/^[\]>]/.test(text) ? nextSection : ''}${inner}${text.endsWith(']') ? nextSection : ''}`
}

/** Header values go out as the bytes of their UTF-8 form; line breaks would start a header of the value's own. */
export function checkHeaderValue(name: string, value: string): void {
  if (/[\u0000-\u0008\u000A-\u001F\u007F]/.test(value)) {
    throw new UnrenderableError(`The header ${name} would hold a line break or control character.`)
  }
}
