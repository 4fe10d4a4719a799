import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  conversationAddress,
  numberInAddress,
  numberOfAddress,
} from '../../../renderer/features/conversations/conversation-address.ts'

it('names any number and any sender in an address that needs no escapes', () => {
  expect(conversationAddress('+14155550123')).toBe('/conversations/14155550123')
  expect(conversationAddress('55123')).toBe('/conversations/_55123')
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.stringMatching(/^\+?\d{3,15}$/)),
      (number) => {
        const part = numberInAddress(number)
        expect(part).toMatch(/^[A-Za-z0-9_-]+$/)
        expect(numberOfAddress(part)).toBe(number)
      },
    ),
  )
})
