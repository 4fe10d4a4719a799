import { expect, test } from 'vitest'
import { newCode } from '../../../renderer/features/provider-form/form-state.ts'
import { shownCodes } from '../../../renderer/features/provider-form/answer/shown-codes.ts'

const codes = [
  newCode({ code: '21211', class: 'rejected', cause: 'The number is not valid.' }),
  newCode({ code: '20003', class: 'misconfigured', next: 'Check the Auth Token.' }),
  newCode({ code: '30001', class: 'unavailable' }),
]
const none = () => false

test('a search looks at codes, classes and words', () => {
  const found = (search: string) => shownCodes(codes, search, 100, none).places
  expect(found('')).toEqual([0, 1, 2])
  expect(found('212')).toEqual([0])
  expect(found(' NUMBER valid ')).toEqual([0])
  expect(found('auth')).toEqual([1])
  expect(found('unavail')).toEqual([2])
  expect(found('number auth')).toEqual([])
})

test('a line with an error and the one that is being edited stay, whatever is searched for', () => {
  expect(shownCodes(codes, '212', 100, (place) => place === 2)).toEqual({ places: [0, 2], found: 1, left: 0 })
})

test('a long table is cut, and what is kept beyond is not counted as left', () => {
  const many = Array.from({ length: 300 }, (_, index) => newCode({ code: `${index}`, class: 'unknown' }))
  const { places, found, left } = shownCodes(many, '', 100, (place) => place === 299)
  expect([places.length, places.at(-1), found, left]).toEqual([101, 299, 300, 199])
})
