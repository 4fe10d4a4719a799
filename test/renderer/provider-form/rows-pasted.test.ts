import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pastedRows, type PastedInto } from '../../../renderer/features/provider-form/rows/pasted-rows.ts'

const emptyName: PastedInto = { cell: 'name', emptyRow: true }
const filledName: PastedInto = { cell: 'name', emptyRow: false }
const emptyValue: PastedInto = { cell: 'value', emptyRow: true }
const filledValue: PastedInto = { cell: 'value', emptyRow: false }
const pairs = (text: string, into: PastedInto) =>
  pastedRows(text, into)?.map(({ name, value, enabled }) => [name, value, ...(enabled ? [] : ['off'])]) ??
  null

describe('into the name of an empty row', () => {
  test.each([
    ['Authorization: Bearer a=b:c', [['Authorization', 'Bearer a=b:c']]],
    ['key=value', [['key', 'value']]],
    ['key=a=b', [['key', 'a=b']]],
    ['a name\tits value', [['a name', 'its value']]],
    [
      'X-A: 1\r\nX-B=2\n\nX-C:\t3\n# X-D: 4',
      [
        ['X-A', '1'],
        ['X-B', '2'],
        ['X-C', '3'],
        ['X-D', '4', 'off'],
      ],
    ],
    [
      'a=1&b=%20x&c=p+q&d',
      [
        ['a', '1'],
        ['b', ' x'],
        ['c', 'p q'],
        ['d', ''],
      ],
    ],
    [
      'https://api.example.com/send?to=%2B1&x=%ZZ',
      [
        ['to', '+1'],
        ['x', '%ZZ'],
      ],
    ],
    [
      '{"to": "x", "id": 12345678901234567890, "on": true, "no": null}',
      [
        ['to', 'x'],
        ['id', '12345678901234567890'],
        ['on', 'true'],
        ['no', ''],
      ],
    ],
    [
      '"a": "1",\n"b": 2,',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['recipient[0][number]=$$To', [['recipient[0][number]', '$$To']]],
  ])('%j is rows', (text, rows) => expect(pairs(text, emptyName)).toEqual(rows))

  test.each([
    'Content-Type',
    'two words',
    'https://api.example.com/send',
    '{"a": {"b": 1}}',
    '[1, 2]',
    '',
    'a\nb',
  ])('%j is just text', (text) => expect(pairs(text, emptyName)).toBeNull())
})

test('into a name that is filled, one pair is text and several are rows', () => {
  expect(pairs('key=value', filledName)).toBeNull()
  expect(pairs('a=1&b=2', filledName)).toEqual([
    ['a', '1'],
    ['b', '2'],
  ])
  expect(pairs('a: 1\nb: 2', filledName)).toEqual([
    ['a', '1'],
    ['b', '2'],
  ])
})

test('into a value, only several lines are rows, and only while the row is empty', () => {
  expect(pairs('key=value', emptyValue)).toBeNull()
  expect(pairs('a=1&b=2', emptyValue)).toBeNull()
  expect(pairs('{"a": "1", "b": "2"}', emptyValue)).toBeNull()
  expect(pairs('a: 1\nb: 2', emptyValue)).toEqual([
    ['a', '1'],
    ['b', '2'],
  ])
  expect(pairs('{\n"a": "1",\n"b": "2"\n}', emptyValue)).toEqual([
    ['a', '1'],
    ['b', '2'],
  ])
  expect(pairs('Dear $$name\nYour code is 1', emptyValue)).toBeNull()
  expect(pairs('a: 1\nb: 2', filledValue)).toBeNull()
})

test('a query string of any pairs comes back decoded', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 })
  fc.assert(
    fc.property(fc.array(fc.tuple(text, fc.string({ unit: 'grapheme' })), { minLength: 2 }), (given) => {
      const encoded = given.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      expect(pairs(encoded.join('&'), emptyName)).toEqual(given)
    }),
  )
})

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void pastedRows(text, emptyName)))
})
