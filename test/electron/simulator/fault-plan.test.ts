import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fault } from '#shared/simulator.ts'
import { FaultPlan } from '../../../electron/simulator/faults.ts'
import { fault } from '../../helpers/fault.ts'

const to = '+14155550123'

describe('which fault a request meets', () => {
  const pick = (faults: Fault[], vendor = 'acme', number = to) =>
    new FaultPlan({ seed: 1, faults }).pick(vendor, number)?.id ?? null

  it('is the first that is for its vendor and its number', () => {
    const faults = [
      fault({ id: 'off', enabled: false }),
      fault({ id: 'generic', vendor: 'generic' }),
      fault({ id: 'whole', number: '+14155550123' }),
      fault({ id: 'end', number: '99' }),
      fault({ id: 'acme', vendor: 'acme' }),
    ]
    expect(pick(faults)).toBe('whole')
    expect(pick(faults, 'acme', '4155550123')).toBe('whole')
    expect(pick(faults, 'acme', '001 415-555-0123')).toBe('whole')
    expect(pick(faults, 'acme', '14155550199')).toBe('end')
    expect(pick(faults, 'acme', '5550123')).toBe('whole')
    expect(pick(faults, 'acme', '0123')).toBe('acme')
    expect(pick(faults, 'acme', '')).toBe('acme')
    expect(pick(faults, 'generic', '')).toBe('generic')
    expect(pick(faults, 'other', '')).toBe(null)
  })

  const anyFault = fc
    .record({
      enabled: fc.boolean(),
      vendor: fc.constantFrom(null, 'acme', 'generic'),
      number: fc.constantFrom(null, '3', '+14155550123'),
      share: fc.double({ min: 0.1, max: 100, noNaN: true }),
    })
    .map((changes) => fault(changes))
  const requests = fc.array(
    fc.tuple(fc.constantFrom('acme', 'generic'), fc.constantFrom(to, '+14155550124')),
    {
      maxLength: 60,
    },
  )

  it('is the same for the same seed and the same requests', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(anyFault, { maxLength: 5 }), requests, (seed, faults, sequence) => {
        const numbered = faults.map((one, index) => ({ ...one, id: String(index) }))
        const met = () => {
          const plan = new FaultPlan({ seed, faults: numbered })
          return sequence.map(([vendor, number]) => plan.pick(vendor, number)?.id ?? null)
        }
        const first = met()
        expect(met()).toEqual(first)
        for (const [index, [vendor, number]] of sequence.entries()) {
          const found = numbered.find(({ id }) => id === first[index])
          if (!found) continue
          expect(found.enabled).toBe(true)
          expect([null, vendor]).toContain(found.vendor)
          expect(found.number === null || number.endsWith(found.number.slice(1))).toBe(true)
        }
      }),
    )
  })

  it('takes its share of the requests, and leaves the others to the next', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 99 }), (seed, share) => {
        const rest = fault({ id: 'rest' })
        const plan = new FaultPlan({ seed, faults: [fault({ id: 'some', share }), rest] })
        const met = Array.from({ length: 4000 }, () => plan.pick('acme', to)?.id)
        expect(met.filter((id) => id === undefined)).toHaveLength(0)
        // Five standard deviations.
        expect(Math.abs(met.filter((id) => id === 'some').length / 4000 - share / 100)).toBeLessThan(0.04)
      }),
      { numRuns: 40 },
    )
    const other = (seed: number) => {
      const plan = new FaultPlan({ seed, faults: [fault({ share: 50 })] })
      return Array.from({ length: 100 }, () => (plan.pick('acme', to) ? 1 : 0)).join('')
    }
    expect(other(1)).not.toBe(other(2))
  })
})
