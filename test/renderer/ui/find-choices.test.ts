import { describe, expect, it } from 'vitest'
import { countryChoices } from '../../../renderer/lib/country-name.ts'
import { findChoices } from '../../../renderer/ui/find-choices.ts'

describe('choices', () => {
  const first = (typed: string) => findChoices(countryChoices(), typed)[0]?.value

  it.each([
    ['GB', 'GB'],
    ['uk', 'GB'],
    ['in', 'IN'],
    ['+91', 'IN'],
    ['353', 'IE'],
    ['cote d’i', 'CI'],
    ['AMERICA', 'US'],
    ['holland', 'NL'],
  ])('found by %j begin with %s', (typed, code) => expect(first(typed)).toBe(code))

  it('that begin with what is typed come before those that hold it, in their own order', () => {
    const list = ['Oman', 'Romania', 'Mali', 'Amman'].map((label) => ({ value: label, label }))
    expect(findChoices(list, 'ma').map(({ label }) => label)).toEqual(['Mali', 'Oman', 'Romania', 'Amman'])
    expect(findChoices(list, 'xyz')).toEqual([])
  })

  it('hold every country once', () => {
    const codes = countryChoices().map(({ value }) => value)
    expect(codes.length).toBeGreaterThan(240)
    expect(new Set(codes).size).toBe(codes.length)
  })
})
