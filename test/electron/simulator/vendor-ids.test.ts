import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { usualSeed } from '#shared/simulator.ts'
import { Ids } from '../../../electron/simulator/vendor/ids.ts'
import { imitatedVendor, imitation } from '../../helpers/imitated-vendor.ts'
import { simulatorDesk } from '../../helpers/simulator-desk.ts'

describe('ids', () => {
  const shapes = fc.record({
    prefix: fc.constantFrom('', 'SM'),
    kind: fc.constantFrom('hex' as const, 'digits' as const, 'letters' as const, 'uuid' as const),
    length: fc.integer({ min: 3, max: 40 }),
  })
  const form = { hex: '[0-9a-f]', digits: '[0-9]', letters: '[0-9A-HJKMNP-TV-Z]', uuid: '' }

  it('have the vendor’s shape, come in the same order for the same seed, and none comes twice', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), (shape, seed) => {
        const some = (ids: Ids) => Array.from({ length: 300 }, () => ids.next('acme', shape))
        const made = some(new Ids(seed))
        const wanted =
          shape.kind === 'uuid'
            ? /^(?:SM)?[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/
            : new RegExp(`^${shape.prefix}${form[shape.kind]}{${shape.length}}$`)
        for (const id of made) expect(id).toMatch(wanted)
        expect(new Set(made).size).toBe(300)
        expect(some(new Ids(seed))).toEqual(made)
        expect(some(new Ids(seed + 1))).not.toEqual(made)
      }),
      { numRuns: 60 },
    )
  })

  it('are others at the next start, unless a seed is chosen', async () => {
    const at = async (now: number, seed: number) => {
      const desk = simulatorDesk({
        vendors: [imitatedVendor([imitation()])],
        now: () => now,
        faults: { seed, faults: [] },
      })
      const raw = { method: 'POST', headers: { 'x-key': 'good', 'content-type': 'application/json' } }
      const body = '{"to":"+14155550123","text":"Hi"}'
      const paths = ['/acme/v1/accounts/one/messages', '/generic/messages']
      const made = await Promise.all(paths.map((url) => desk.handle({ ...raw, url, body })))
      return made.map((decision) =>
        decision.kind === 'reply' ? (JSON.parse(decision.reply.body) as { id: string }).id : '',
      )
    }
    const [first, second] = [await at(1_000_000, usualSeed), await at(2_000_000, usualSeed)]
    expect(first.filter((id) => id === '' || second.includes(id))).toEqual([])
    expect(await at(1_000_000, 7)).toEqual(await at(2_000_000, 7))
  })

  it('go through all there are before one comes again', () => {
    const ids = new Ids(7)
    const made = Array.from({ length: 90 }, () => ids.next('acme', { prefix: '', kind: 'digits', length: 2 }))
    expect(new Set(made).size).toBe(90)
  })
})
