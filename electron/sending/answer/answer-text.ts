import { TextDecoder } from 'node:util'
import { charsetOf } from '#shared/body-kind.ts'

const decoders = new Map<string, TextDecoder | null>()
const mostKept = 50

/** The body of an answer as the text that it says it is; UTF-8 where it says nothing, or nothing that is known. */
export function answerText(body: Buffer, contentType: string): string {
  const charset = contentType === '' ? null : charsetOf(contentType)
  if (charset === null || /^utf-?8$/i.test(charset)) return body.toString('utf8')
  const decoder = decoderOf(charset.toLowerCase())
  return decoder === null ? body.toString('utf8') : decoder.decode(body)
}

function decoderOf(charset: string): TextDecoder | null {
  const known = decoders.get(charset)
  if (known !== undefined) return known
  if (decoders.size >= mostKept) decoders.clear()
  const decoder = newDecoder(charset)
  decoders.set(charset, decoder)
  return decoder
}

function newDecoder(charset: string): TextDecoder | null {
  try {
    return new TextDecoder(charset, { ignoreBOM: true })
  } catch {
    return null
  }
}
