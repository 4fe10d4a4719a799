import type { BundleCallback } from '#shared/bundle/format.ts'

type Body = BundleCallback['body']

/** As text where its bytes come back from that, else in base64. */
export function bodyOf(bytes: Buffer): Body {
  const text = bytes.toString('utf8')
  return Buffer.from(text, 'utf8').equals(bytes) ? { text } : { base64: bytes.toString('base64') }
}

export function bytesOf(body: Body): Buffer {
  return 'text' in body ? Buffer.from(body.text, 'utf8') : Buffer.from(body.base64, 'base64')
}
