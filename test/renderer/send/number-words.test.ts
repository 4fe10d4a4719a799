import { describe, expect, it } from 'vitest'
import { describeNumber } from '../../../renderer/features/send/number-words.ts'

describe('what is said about a number', () => {
  it('is nothing while the box is empty', () => {
    expect(describeNumber(' ', 'GB', true)).toMatchObject({ error: undefined, hint: undefined, spoken: '' })
  })

  it('is how it is read, and the country that it names', () => {
    expect(describeNumber('0049 151 12345678', 'GB', false)).toMatchObject({
      hint: expect.stringMatching(/^\+4915112345678, /),
      country: 'DE',
      spoken: expect.stringContaining('+49 1511 2345678'),
    })
  })

  it('is how much is to go while it is typed, and an error once the box is left', () => {
    expect(describeNumber('+44 7400', null, false)).toMatchObject({
      error: undefined,
      hint: expect.stringContaining('6 digits to go, as in +44 7400 123456'),
    })
    expect(describeNumber('+44 7400', null, true)).toMatchObject({
      error: 'Too short: at least 3 digits missing.',
      hint: undefined,
    })
  })

  it('is an error at once where more digits would not help', () => {
    expect(describeNumber('+999', null, false)).toMatchObject({ error: 'No country code begins with +999.' })
  })

  it('is a doubt where it can be sent to all the same', () => {
    const { error, doubt, hint } = describeNumber('+44 20 7946 0958', null, true)
    expect({ error, doubt, hint }).toMatchObject({
      error: undefined,
      doubt: expect.stringContaining('fixed line'),
    })
    expect(hint).toContain('+442079460958')
  })
})
