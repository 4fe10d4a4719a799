import { describe, expect, it } from 'vitest'
import { groupPhone, readE164, readPhone, type CountryCode } from '#shared/phone.ts'
import { formatTyping } from '#shared/phone-progress.ts'

describe('a number', () => {
  it('is read with its country code, or in its country’s own form', () => {
    expect(readPhone('+44 7400 123456', null)).toMatchObject({
      ok: true,
      number: { e164: '+447400123456', country: 'GB' },
    })
    expect(readPhone('07700 900123', 'GB')).toMatchObject({ ok: true, number: { e164: '+447700900123' } })
    expect(readPhone('(415) 555-0123', 'US')).toMatchObject({
      ok: true,
      number: { international: '+1 415 555 0123' },
    })
  })

  it('of an unknown range is doubted and not refused', () => {
    const reading = readPhone('+447700900123', null)
    expect(reading).toMatchObject({
      ok: true,
      number: { doubt: expect.stringContaining('not in a range known') },
    })
  })

  it.each([
    ['', null, 'Enter a phone number.'],
    ['07700 900123', null, 'country'],
    ['+1415', null, 'at least 7 digits missing'],
    ['+44770090012345678', null, 'Too long by 5 digits'],
    ['+44 7700 9001', null, '1 digit too few or 1 digit too many'],
    ['14155550123', 'GB', 'If +1 415 555 0123 is meant, put + before it'],
    ['14155550123', null, 'If +1 415 555 0123 is meant, put + before it'],
    ['12345', 'US', 'A short code cannot be sent to'],
    ['+999123456789', null, 'No country code begins with +999'],
    ['+0447700900123', null, 'No country code begins with 0'],
    ['+35', null, 'the country code is not whole yet'],
    ['+', null, 'Go on with the country code'],
    ['9'.repeat(40), 'GB', 'Too long for a phone number'],
  ] as const)('%j is refused in words', (typed, country, words) => {
    const reading = readPhone(typed, country)
    expect(reading.ok ? '' : reading.message).toContain(words)
  })

  it('is read the same way where only the number counts', () => {
    for (const typed of ['+447700900123', '07700 900123', '+1415', '', '+15005550006']) {
      const reading = readPhone(typed, 'GB')
      expect(readE164(typed, 'GB')?.e164).toBe(reading.ok ? reading.number.e164 : undefined)
    }
  })

  it('may still become right by more digits or a country, or never will', () => {
    const incomplete = (typed: string, country: CountryCode | null = null) => {
      const reading = readPhone(typed, country)
      return !reading.ok && reading.incomplete
    }
    for (const typed of ['', '+', '+4', '+44 77', '07700 900123']) expect(incomplete(typed)).toBe(true)
    for (const typed of ['+999', '+44 7700 900123 456', '+44 77x', 'abc'])
      expect(incomplete(typed)).toBe(false)
    expect(readPhone('+44 7700', null)).toMatchObject({ missing: 3 })
  })

  it('of a fixed line is doubted', () => {
    expect(readPhone('+44 20 7946 0958', null)).toMatchObject({
      number: { doubt: expect.stringContaining('fixed line') },
    })
    expect(readPhone('+44 7400 123456', null)).toMatchObject({ number: { doubt: null } })
  })

  it('is grouped while it is typed, with the country as far as it is known', () => {
    expect(formatTyping('+44 7400 12', null)).toEqual({
      grouped: '+44 7400 12',
      country: 'GB',
      example: { international: '+44 7400 123456', digitsToGo: 4 },
    })
    expect(formatTyping('0151123', 'DE')).toMatchObject({ grouped: '01511 23', country: 'DE' })
    expect(formatTyping('0044', null)).toMatchObject({ grouped: '+44' })
    expect(formatTyping('+1 4', null)).toMatchObject({ country: 'US' })
    expect(formatTyping('abc', null)).toBeNull()
  })

  it('is grouped for reading, and left alone when it cannot be read', () => {
    expect(groupPhone('+447700900123')).toBe('+44 7700 900123')
    expect(groupPhone('12')).toBe('12')
  })
})
