import fc from 'fast-check'
import { expect, it } from 'vitest'
import { headOf, openSource, piecesOf } from '../../../renderer/features/bulk/source-file.ts'
import { longestChunk } from '#shared/bulk.ts'

const textOf = async (bytes: Uint8Array<ArrayBuffer>) => {
  const source = await openSource(new Blob([bytes]), 'a.csv')
  let text = ''
  for await (const piece of piecesOf(source)) {
    expect(piece.text.length).toBeLessThanOrEqual(longestChunk)
    text += piece.text
  }
  return { encoding: source.encoding, text }
}
const bytesOf = (...values: number[]) => Uint8Array.from(values)
const utf16 = (text: string) => Uint8Array.from(Buffer.from(text, 'utf16le'))
const line = 'number;naïve Zoë €\r\n'

it('reads every text back, wherever its pieces are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
      fc.nat(40),
      async (unit, pad) => {
        const text = `${'-'.repeat(pad)}${unit.replaceAll('\0', '').repeat(9000)}`.replace(/^\uFEFF+/, '')
        const read = await textOf(new TextEncoder().encode(text))
        expect(read.text === text).toBe(true)
      },
    ),
    { numRuns: 20 },
  )
})

it('tells UTF-16 by its mark and by its zeros, and Windows-1252 by what cannot be UTF-8, however late', async () => {
  expect(await textOf(utf16(`\uFEFF${line}`))).toEqual({ encoding: 'utf-16le', text: line })
  expect(await textOf(utf16('number;name\r\n'))).toEqual({ encoding: 'utf-16le', text: 'number;name\r\n' })
  expect((await textOf(bytesOf(0xfe, 0xff, 0, 0x61))).encoding).toBe('utf-16be')
  const late = new Uint8Array(200_000).fill(0x61)
  late[190_000] = 0xe9
  const read = await textOf(late)
  expect([read.encoding, read.text[190_000]]).toEqual(['windows-1252', 'é'])
})

it('knows whether the beginning is all there is', async () => {
  const head = async (size: number) => headOf(await openSource(new Blob(['x'.repeat(size)]), 'a'))
  expect(await head(10)).toEqual({ head: 'x'.repeat(10), isWhole: true })
  expect((await head(longestChunk)).isWhole).toBe(false)
  expect(await head(0)).toEqual({ head: '', isWhole: true })
})
