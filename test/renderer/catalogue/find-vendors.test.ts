import { describe, expect, test } from 'vitest'
import { findVendors, placesOf } from '../../../renderer/features/catalogue/find-vendors.ts'

const list = [
  { id: 'africastalking', name: 'Africa’s Talking', aliases: ['AT'], countries: ['KE', 'UG'] },
  { id: 'gupshup', name: 'Gupshup', aliases: ['SMS GupShup'], countries: ['IN'] },
  { id: 'messagebird', name: 'MessageBird', aliases: ['Bird'], countries: [] },
  { id: 'unifonic', name: 'Unifonic', aliases: [], countries: ['SA', 'AE'] },
]
const ids = (typed: string) => findVendors(list, typed).map(({ id }) => id)

describe('the picker’s search', () => {
  test('finds by name, whatever case, accents and apostrophe', () => {
    expect(ids('')).toHaveLength(4)
    expect(ids('  GUP')).toEqual(['gupshup'])
    expect(ids("africa's")).toEqual(['africastalking'])
  })

  test('finds by another name, and by a country’s name, code or usual name', () => {
    expect(ids('bird')).toEqual(['messagebird'])
    expect(ids('kenya')).toEqual(['africastalking'])
    expect(ids('in')[0]).toBe('gupshup')
    expect(ids('UAE')).toEqual(['unifonic'])
  })

  test('finds the nearest name where a letter is wrong, missing or too many', () => {
    for (const typed of ['mesagebird', 'messsagebird', 'MessageBurd', 'mesage', 'message bierd'])
      expect(ids(typed), typed).toEqual(['messagebird'])
    expect(ids('africas tolking')).toEqual(['africastalking'])
    expect(ids('unifonik')).toEqual(['unifonic'])
    expect(ids('gupshop')).toEqual(['gupshup'])
  })

  test('says nothing where nothing fits', () => {
    for (const typed of ['nobody', 'nobody at all', 'xyz', 'gpx', '…', 'message of nobody'])
      expect(ids(typed), typed).toEqual([])
  })
})

test('a vendor of no certain country is for everywhere', () => {
  expect(placesOf({ countries: [] })).toBe('Everywhere')
  expect(placesOf({ countries: ['IN', 'KE'] })).toBe('India, Kenya')
})
