import type { MaskedText, RecordedRequest } from '../../attempt.ts'
import { bytesOfBase64 } from '../../base64.ts'
import { writeCurl, type Shell, type WrittenCurl } from './write.ts'

/** A command for a recorded request; `masked` names the secrets that stand in it as `<name>`. */
export type RecordedCurl = WrittenCurl & { masked: string[] }

export function curlOfRecorded(recorded: RecordedRequest, shell: Shell): RecordedCurl {
  const { method, url, headers, body } = recorded
  const texts = [url, ...headers.map(({ value }) => value), body]
  const [signed] = headers.filter(({ name }) => !ofConnection.has(name.toLowerCase()))
  const user = signed?.name === 'Authorization' ? userIn(signed.value) : undefined
  const request = {
    method,
    url: withTokens(url),
    user,
    headers: (user === undefined ? headers : headers.filter((one) => one !== signed)).map(
      ({ name, value }) => ({ name, value: withTokens(value) }),
    ),
    body: withTokens(body),
  }
  return { ...writeCurl(request, shell), masked: [...new Set(texts.flatMap(secretsOf))] }
}

/** What curl writes by itself, before all else; what it makes of `-u` comes next. */
const ofConnection = new Set(['host', 'connection', 'content-length'])

/**
 * What stands in a header for Basic, as `-u` takes it, so that a password can be put in as it is. Undefined where curl
 * might make another header of it: without a colon it asks for a password, and other scripts it takes in the window's own
 * encoding.
 */
function userIn(value: MaskedText): string | undefined {
  const [scheme, credentials, ...more] = value
  if (typeof scheme !== 'string' || more.length > 0) return undefined
  const masked = scheme === 'Basic ' && typeof credentials === 'object' && credentials.parts
  const plain = masked ? withTokens(masked) : credentials === undefined ? decoded(scheme) : undefined
  return plain !== undefined && /^[\x20-\x7E]*:[\x20-\x7E]*$/.test(plain) ? plain : undefined
}

function decoded(header: string): string | undefined {
  return header.startsWith('Basic ') ? (bytesOfBase64(header.slice('Basic '.length)) ?? undefined) : undefined
}

/** What has to be put in is told by name, and by how it has to be written where that is not as it is. */
function withTokens(text: MaskedText): string {
  return text.map((part) => (typeof part === 'string' ? part : token(part))).join('')
}

function token({ secret, place, parts }: Exclude<MaskedText[number], string>): string {
  return place === 'basic' ? `<Base64 of ${parts ? withTokens(parts) : `<${secret}>`}>` : `<${secret}>`
}

function secretsOf(text: MaskedText): string[] {
  return text.flatMap((part) => {
    if (typeof part === 'string') return []
    return part.parts ? secretsOf(part.parts) : [part.secret]
  })
}
