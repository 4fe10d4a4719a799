export interface TextPiece {
  text: string
  isLink: boolean
}

const link = /https?:\/\/[^\s<>"“”]+/gi
/** What ends a sentence rather than an address. */
const after = /[.,;:!?)\]}'’]+$/

/** A text in pieces, those that a phone would show as links apart. */
export function textPieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = []
  let done = 0
  for (const { 0: found, index } of text.matchAll(link)) {
    const address = found.replace(after, '')
    if (index > done) pieces.push({ text: text.slice(done, index), isLink: false })
    pieces.push({ text: address, isLink: true })
    done = index + address.length
  }
  if (done < text.length) pieces.push({ text: text.slice(done), isLink: false })
  return pieces
}
