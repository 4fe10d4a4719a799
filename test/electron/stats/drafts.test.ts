import { expect, it } from 'vitest'
import { openCallbackScene } from '../../helpers/callbacks.ts'
import { newId } from '../../helpers/new-id.ts'

it('the answers of a draft count with those of all', async () => {
  const scene = await openCallbackScene()
  await scene.send({
    provider: { kind: 'draft', draft: { ...scene.provider, id: newId(), name: 'Never saved' } },
    test: true,
  })
  const range = { kind: 'days', days: 2 } as const
  const answer = await scene.call('stats.get', {
    scope: { kind: 'all' },
    range,
    zone: 'UTC',
    compare: false,
    tests: true,
    simulated: true,
  })
  expect(answer).toMatchObject({ range: { totals: { sent: 1 } }, latency: { count: 1 } })
  await scene.close()
})
