import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Redaction } from '../../../electron/secrets/redaction.ts'

const head = Buffer.from('{"alg":"RS256","typ":"JWT"}').toString('base64url')
/** All genuine JWTs begin with the same bytes. */
const jwt = (index: number) =>
  `${head}.${Buffer.from(`payload number ${index}, signed`.repeat(8)).toString('base64url')}`

const few = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 4, maxLength: 12 })

describe('many secrets', () => {
  it('that begin alike are taken out of a long answer as quickly as others', () => {
    const redaction = new Redaction()
    for (let index = 0; index < 5000; index += 1) redaction.remember(jwt(index))
    const other = `${head}.x `.repeat(2500)
    expect(redaction.redact(`${other}${jwt(4321)} ${jwt(5001)}`)).toBe(`${other}[secret] ${jwt(5001)}`)
  }, 15_000)

  it('are each found whichever share a beginning, and no longer once they are forgotten', () => {
    fc.assert(
      fc.property(fc.uniqueArray(few, { maxLength: 12 }), few, few, (values, gone, text) => {
        const redaction = new Redaction()
        for (const value of values) redaction.remember(value)
        redaction.rememberForNow(gone)
        const both = redaction.redact(text)
        expect(both === text).toBe(![...values, gone].some((value) => text.includes(value)))
        redaction.forget(gone)
        const expected = new Redaction()
        for (const value of values) expected.remember(value)
        expect(redaction.redact(text)).toBe(expected.redact(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('stay when they are the user’s own, even if they were remembered for now as well', () => {
    const redaction = new Redaction()
    redaction.rememberForNow('value-one')
    redaction.remember('value-one')
    redaction.remember('value-two')
    redaction.rememberForNow('value-two')
    redaction.forget('value-one')
    redaction.forget('value-two')
    expect(redaction.redact('value-one value-two')).toBe('[secret] [secret]')
  })

  it('remembered for now make room for newer ones, those first that were not met for longest', () => {
    const redaction = new Redaction()
    redaction.remember('the user’s own')
    redaction.rememberForNow('in-use-0')
    for (let index = 0; index < 4000; index += 1) {
      redaction.rememberForNow(`passing-${index}-`)
      redaction.rememberForNow('in-use-0')
    }
    expect(redaction.redact('the user’s own, in-use-0, passing-0-, passing-3999-')).toBe(
      '[secret], [secret], passing-0-, [secret]',
    )
  })
})
