import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ReceiptState } from '#shared/callbacks/format.ts'
import { rawFigures, openCallbackScene } from '../../helpers/callbacks.ts'
import { reply } from '../../helpers/raw-server.ts'

const words = {
  queued: 'QUEUED',
  sent: 'SENT',
  delivered: 'DELIVRD',
  undelivered: 'UNDELIV',
  failed: 'FAILED',
  expired: 'EXPIRED',
}
type Word = Exclude<ReceiptState, 'rejected'>

/** The same by hand: the first end stays, and whoever took it is told by any receipt. */
function twin(accepted: boolean, receipts: readonly Word[]) {
  const end = receipts.find((state) => state !== 'queued' && state !== 'sent')
  const taken = accepted || receipts.length > 0
  const state = end === 'delivered' ? 'delivered' : end ? 'undelivered' : taken ? 'sent' : 'failed'
  const is = (wanted: string) => Number(state === wanted)
  return {
    state,
    figures: {
      sent: Number(taken),
      delivered: is('delivered'),
      undelivered: is('undelivered'),
      errors: is('undelivered') + is('failed'),
    },
  }
}

it(
  'any order and repetition of receipts ends in the state and figures of a twin that only looks for the first end',
  async () => {
    const scene = await openCallbackScene()
    await scene.post({ id: 'nobody', status: 'SENT' })
    const receipts = fc.array(fc.constantFrom(...(Object.keys(words) as Word[])), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(fc.boolean(), receipts, fc.boolean(), async (accepted, states, together) => {
        const before = await rawFigures(scene, 'provider', scene.provider.id)
        if (!accepted) scene.answers.push(reply('500 Broken', '{}'))
        const { id } = await scene.send()
        const bodies = states.map((state) => ({ reference: id, status: words[state] }))
        // All at once come in one order, too: that in which they are kept.
        if (together) {
          const crafted = bodies.map((body) =>
            scene.call('callbacks.craft', {
              providerId: scene.provider.id,
              method: 'POST',
              query: '',
              headers: [],
              body: JSON.stringify(body),
            }),
          )
          await Promise.all(crafted)
        } else for (const body of bodies) expect((await scene.post(body)).status).toBe(200)
        const expected = twin(accepted, states)
        expect(await scene.story(id)).toMatchObject({ state: expected.state })
        const after = await rawFigures(scene, 'provider', scene.provider.id)
        for (const [name, change] of Object.entries(expected.figures))
          expect((after[name] ?? 0) - (before[name] ?? 0), name).toBe(change)
      }),
      { numRuns: process.env['SOAK'] ? 1000 : 25 },
    )
    await scene.close()
  },
  process.env['SOAK'] ? 600_000 : 60_000,
)
