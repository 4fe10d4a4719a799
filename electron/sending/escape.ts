import type { SecretPlace } from '#shared/message.ts'

/** A value that cannot stand where its placeholder is; the message says why, for people. */
export class UnrenderableError extends Error {}

/** Makes a value safe for the place it lands in, so that the other side reads back exactly the value. */
export function escapeFor(place: SecretPlace, value: string): string {
  switch (place) {
    case 'raw':
      return value
    case 'url':
      return percentEncode(value)
    case 'form':
      return formEncode(value)
    case 'json':
      return JSON.stringify(value).slice(1, -1)
    case 'xml':
      return escapeXml(value)
    case 'basic':
      return Buffer.from(value, 'utf8').toString('base64')
  }
}

/** RFC 3986, everything but unreserved characters. A lone surrogate has no UTF-8 form and becomes U+FFFD. */
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
  return value.replace(/\p{Surrogate}/gu, '\uFFFD')
}

// Control characters that XML 1.0 can hold in no form, not even as references.
// oxlint-disable-next-line no-control-regex
const notInXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/

/** Line breaks and tabs become references, as an attribute would otherwise turn them into spaces. */
export function escapeXml(value: string): string {
  const text = wellFormed(value)
  if (notInXml.test(text))
    throw new UnrenderableError('A value holds a control character, which XML cannot carry.')
  return text.replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** Header values go out as the bytes of their UTF-8 form; line breaks would start a header of the value's own. */
export function checkHeaderValue(name: string, value: string): void {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000A-\u001F\u007F]/.test(value)) {
    throw new UnrenderableError(`The header ${name} would hold a line break or control character.`)
  }
}
