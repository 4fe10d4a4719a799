import { describe, expect, it } from 'vitest'
import { groupPhone, readE164, readPhone } from '#shared/phone.ts'

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
    ['+1415', null, 'wrong length'],
    ['hello', 'US', 'digits only'],
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

  it('is grouped for reading, and left alone when it cannot be read', () => {
    expect(groupPhone('+447700900123')).toBe('+44 7700 900123')
    expect(groupPhone('12')).toBe('12')
  })
})
