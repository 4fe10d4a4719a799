import { longestChunk } from '#shared/bulk.ts'
import { encodingOf, type TextEncoding } from '#shared/text-encoding.ts'

/** A file that was chosen or dropped, or text that was pasted, as if it were one. */
export interface Source {
  name: string
  bytes: Blob
  encoding: TextEncoding
}

export const encodingNames: Record<TextEncoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16, big-endian',
  'windows-1252': 'Windows-1252',
}

export const delimiterNames = { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab', '|': 'Bar' } as const

/** No encoding makes more characters of so many bytes than a call may take. */
const pieceBytes = longestChunk / 2

/** Finds out the encoding, which may take a look through the whole file. */
export async function openSource(bytes: Blob, name: string): Promise<Source> {
  const check = new TextDecoder('utf-8', { fatal: true })
  return { name, bytes, encoding: await encodingOf(rawPieces(bytes), check) }
}

/** The beginning of the file; `isWhole`: there is no more of it. */
export async function headOf(source: Source): Promise<{ head: string; isWhole: boolean }> {
  for await (const { text, read } of piecesOf(source))
    return { head: text, isWhole: read >= source.bytes.size }
  return { head: '', isWhole: true }
}

/** The file's text piece by piece, with the bytes that are read by then; what is not shown is never held at once. */
export async function* piecesOf({ bytes, encoding }: Source): AsyncGenerator<{ text: string; read: number }> {
  const decoder = new TextDecoder(encoding)
  let read = 0
  for await (const piece of rawPieces(bytes)) {
    read += piece.length
    const isLast = read >= bytes.size
    yield { text: decoder.decode(piece, { stream: !isLast }), read }
  }
}

async function* rawPieces(bytes: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.size; at += pieceBytes)
    yield new Uint8Array(await bytes.slice(at, at + pieceBytes).arrayBuffer())
}
