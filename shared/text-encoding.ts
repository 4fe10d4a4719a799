export const textEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export type TextEncoding = (typeof textEncodings)[number]

/** Takes a file's pieces in their order, and throws at the first that cannot be UTF-8. */
export interface Utf8Check {
  decode(bytes: Uint8Array, options: { stream: boolean }): string
}

/**
 * How a text file is encoded: by its mark, else where zeros stand, as UTF-16 has them in most texts, else UTF-8, and
 * Windows-1252 for what is no UTF-8. Looks through all pieces, as the first letter that tells may come late.
 */
export async function encodingOf(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  check: Utf8Check,
): Promise<TextEncoding> {
  let isFirst = true
  for await (const piece of pieces) {
    const wide = isFirst ? wideEncodingOf(piece) : null
    if (wide) return wide
    isFirst = false
    if (!isUtf8(piece, check)) return 'windows-1252'
  }
  return 'utf-8'
}

/** A character that is cut at the end of a piece is no mistake. */
function isUtf8(piece: Uint8Array, check: Utf8Check): boolean {
  try {
    check.decode(piece, { stream: true })
    return true
  } catch {
    return false
  }
}

function wideEncodingOf(head: Uint8Array): TextEncoding | null {
  const [first, second] = head
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  })
  const [even = 0, odd = 0] = zeros
  if (Math.max(even, odd) <= head.length / 8) return null
  return odd > even ? 'utf-16le' : 'utf-16be'
}
