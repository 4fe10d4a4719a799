import { expect, test } from 'vitest'
import { inkOn } from '../../../renderer/features/catalogue/ink-on.ts'

test.each([
  ['#ffffff', '#000000'],
  ['#000000', '#ffffff'],
  ['#f22f46', '#000000'],
  ['#7038b8', '#ffffff'],
  ['#ffd000', '#000000'],
])('on %s the initials are %s', (ground, ink) => {
  expect(inkOn(ground)).toBe(ink)
})
