import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { codeOf, TransportError } from './transport-error.ts'

type Decode = (body: Buffer, options: { maxOutputLength: number }) => Buffer

const decoders: Record<string, Decode> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateEither,
  br: brotliDecompressSync,
}

/** Some servers leave out the zlib wrapper that `deflate` asks for; its first byte tells. */
function inflateEither(body: Buffer, options: { maxOutputLength: number }): Buffer {
  return ((body[0] ?? 0) & 0x0f) === 8 ? inflateSync(body, options) : inflateRawSync(body, options)
}

/**
 * The body as it was before the server compressed it, which it does when the user's own header allows it. Throws
 * `TransportError` when it cannot be had, or not within the limit: a small body may unfold to gigabytes.
 */
export function decodeBody(body: Buffer, contentEncoding: string, limitBytes: number): Buffer {
  const encodings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
  const applied = encodings.filter((name) => name !== '' && name !== 'identity')
  if (body.length === 0 || applied.length === 0) return body
  if (applied.length > 2) throw new TransportError('unreadable', 'the answer is compressed too many times')
  return applied.reduceRight((bytes, name) => decodeOnce(bytes, name, limitBytes), body)
}

function decodeOnce(body: Buffer, name: string, limitBytes: number): Buffer {
  const decode = Object.hasOwn(decoders, name) ? decoders[name] : undefined
  if (!decode) throw new TransportError('unreadable', `the answer is encoded as ${name}`)
  try {
    return decode(body, { maxOutputLength: limitBytes })
  } catch (error) {
    const code = codeOf(error)
    const failure = code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : 'unreadable'
    throw new TransportError(failure, `the answer cannot be decompressed (${name})`, { systemCode: code })
  }
}
