import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bytesOfBase64 } from '#shared/base64.ts'

const bytes = fc.uint8Array({ maxLength: 40 }).map((values) => Buffer.from(values))

it('reads what Base64 was made of', () => {
  fc.assert(
    fc.property(bytes, (made) => {
      expect(bytesOfBase64(made.toString('base64'))).toBe(made.toString('latin1'))
    }),
  )
})

it('reads nothing that is not the Base64 of what it would read', () => {
  const letters = fc.string({
    unit: fc.constantFrom('A', 'B', 'z', '9', '+', '/', '=', '-', ' '),
    maxLength: 9,
  })
  fc.assert(
    fc.property(letters, (text) => {
      const read = bytesOfBase64(text)
      if (read !== null) expect(Buffer.from(read, 'latin1').toString('base64')).toBe(text)
    }),
    { numRuns: 2000 },
  )
  for (const text of ['QQ', 'QQ=', 'QR==', 'QUE', 'Q===', 'Q Q=', 'QUJ=D'])
    expect(bytesOfBase64(text)).toBeNull()
})
