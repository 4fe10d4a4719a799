import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareBodies, compareFields } from '../../../renderer/features/compare/compare-bodies.ts'
import { compareJson } from '../../../renderer/features/compare/compare-json.ts'
import { compareLines } from '../../../renderer/features/compare/compare-lines.ts'
import { pairByName, type CompareRow } from '../../../renderer/features/compare/compare-rows.ts'

const brief = (rows: CompareRow[] | null) =>
  rows?.map(({ name, left, right, mark }) => [mark, name, left, right])

test('values are paired by name, repeated ones in their order, and each side keeps its order', () => {
  const rows = pairByName(
    [
      { name: 'A', value: '1' },
      { name: 'b', value: '2' },
      { name: 'b', value: '3' },
      { name: 'd', value: '4' },
    ],
    [
      { name: 'x', value: '0' },
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
      { name: 'c', value: '9' },
      { name: 'd', value: '5' },
    ],
    (name) => name.toLowerCase(),
  )
  expect(brief(rows)).toEqual([
    ['right', 'x', null, '0'],
    ['same', 'A', '1', '1'],
    ['same', 'b', '2', '2'],
    ['left', 'b', '3', null],
    ['right', 'c', null, '9'],
    ['differs', 'd', '4', '5'],
  ])
})

const named = fc.array(
  fc.record({ name: fc.constantFrom('a', 'b', 'c'), value: fc.constantFrom('1', '2') }),
  {
    maxLength: 7,
  },
)
test('no named value is lost or made up, whatever the sides hold', () => {
  fc.assert(
    fc.property(named, named, (left, right) => {
      const rows = pairByName(left, right)
      const side = (of: 'left' | 'right') =>
        rows.flatMap((row) => (row[of] === null ? [] : [`${row.name}=${row[of]}`])).sort()
      const given = (of: typeof left) => of.map(({ name, value }) => `${name}=${value}`).sort()
      expect(side('left')).toEqual(given(left))
      expect(side('right')).toEqual(given(right))
    }),
  )
})

const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 9 })
test('lines keep their order on both sides, and as many stay together as can', () => {
  fc.assert(
    fc.property(lines, lines, (left, right) => {
      const rows = compareLines(left.join('\n'), right.join('\n'))
      const side = (of: 'left' | 'right') => rows.flatMap((row) => row[of] ?? []).join('\n')
      expect(side('left')).toBe(left.join('\n'))
      expect(side('right')).toBe(right.join('\n'))
      const whole = left.join('\n') !== '' && right.join('\n') !== ''
      const kept = rows.filter(({ mark }) => mark === 'same').length
      if (whole) expect(kept).toBeGreaterThanOrEqual(longestCommon(left, right))
    }),
    { numRuns: 300 },
  )
})

/** The plain definition, for small lists. */
function longestCommon(left: string[], right: string[]): number {
  const [one, ...rest] = left
  if (one === undefined || right.length === 0) return 0
  const at = right.indexOf(one)
  const without = longestCommon(rest, right)
  return at === -1 ? without : Math.max(without, 1 + longestCommon(rest, right.slice(at + 1)))
}

test('lines are told by their numbers, on both sides where these differ', () => {
  expect(brief(compareLines('one\ntwo\nthree', 'zero\none\nTWO\nthree'))).toEqual([
    ['right', 'Line 1', null, 'zero'],
    ['same', 'Line 1 / 2', 'one', 'one'],
    ['differs', 'Line 2 / 3', 'two', 'TWO'],
    ['same', 'Line 3 / 4', 'three', 'three'],
  ])
})

test('two large texts without a common line are compared all the same', () => {
  const text = (mark: string) => Array.from({ length: 3000 }, (_, index) => `${mark}${index}`).join('\n')
  expect(compareLines(text('a'), text('b'))).toHaveLength(3000)
})

test('JSON is compared by path, whatever its layout, and digit by digit', () => {
  const left = '{"id": 12345678901234567890, "to": ["+1"], "odd.key": 1.0, "same": "x", "none": {}}'
  const right = '{"same":"x","id":12345678901234567891,"to":["+1","+2"],"odd.key":1,"none":{}}'
  expect(brief(compareJson(left, right))?.filter(([mark]) => mark !== 'same')).toEqual([
    ['differs', 'id', '12345678901234567890', '12345678901234567891'],
    ['right', 'to[1]', null, '"+2"'],
    ['differs', '["odd.key"]', '1.0', '1'],
  ])
  expect(compareJson('{"a":1}', 'no')).toBeNull()
  expect(brief(compareJson('', '{"a":1}'))).toEqual([['right', 'a', null, '1']])
  expect(compareJson('['.repeat(100_000), '[]')).toBeNull()
})

test('form fields read as text, unless only their escaping differs', () => {
  expect(brief(compareFields('to=%2B1&text=a+b&x', 'to=%2B2&text=a%20b&x'))).toEqual([
    ['differs', 'to', '+1', '+2'],
    ['differs', 'text', 'a+b', 'a%20b'],
    ['same', 'x', '', ''],
  ])
  expect(brief(compareFields('bad=%E0', ''))).toEqual([['left', 'bad', '%E0', null]])
})

test('a body is taken for a form only where both say so', () => {
  expect(compareBodies('a=1&b=2', 'a=1&b=3', true)).toHaveLength(2)
  expect(compareBodies('a=1&b=2', 'a=1&b=3', false)).toHaveLength(1)
  expect(compareBodies('', '', false)).toEqual([])
})
