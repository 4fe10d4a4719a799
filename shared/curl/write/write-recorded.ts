import type { MaskedText, RecordedRequest } from '../../attempt.ts'
import { writeCurl, type Shell, type WrittenCurl } from './write.ts'

/** A command for a recorded request; `masked` names the secrets that stand in it as `<name>`. */
export type RecordedCurl = WrittenCurl & { masked: string[] }

export function curlOfRecorded(recorded: RecordedRequest, shell: Shell): RecordedCurl {
  const { method, url, headers, body } = recorded
  const texts = [url, ...headers.map(({ value }) => value), body]
  const request = {
    method,
    url: withTokens(url),
    headers: headers.map(({ name, value }) => ({ name, value: withTokens(value) })),
    body: withTokens(body),
  }
  return { ...writeCurl(request, shell), masked: [...new Set(texts.flatMap(secretsOf))] }
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
