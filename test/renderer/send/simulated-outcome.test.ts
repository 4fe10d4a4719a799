import { expect, it } from 'vitest'
import { magicNumbers } from '#shared/simulator.ts'
import { outcomeOf } from '../../../renderer/features/send/simulated-outcome.ts'

const accepted = magicNumbers.find(({ outcome }) => outcome === 'Accepted')!
const invalid = { number: '+15005550001', outcome: 'Invalid number', answer: '400' }

it('says of an ordinary number that it is accepted, wherever the vendor’s list begins', () => {
  expect(outcomeOf('+14155550123', [invalid, accepted])).toBe(accepted.number)
  expect(outcomeOf('+14155550123', [accepted, invalid])).toBe(accepted.number)
  expect(outcomeOf(invalid.number, [accepted, invalid])).toBe(invalid.number)
  expect(outcomeOf('+14155550123', [invalid])).toBe('')
})
