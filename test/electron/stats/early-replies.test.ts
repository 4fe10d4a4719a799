import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CallbackMapping } from '#shared/callbacks/format.ts'
import { defaultPolicies } from '#shared/group.ts'
import { openCallbackScene, testMapping, type CallbackScene } from '../../helpers/callbacks.ts'
import { heldProvider } from '../../helpers/held-provider.ts'
import { withStore } from '../../helpers/log-rows.ts'
import { newId } from '../../helpers/new-id.ts'
import { figuresInLog, keptFigures } from '../../helpers/stats-tables.ts'

let scene: CallbackScene
const closing: (() => Promise<void>)[] = []
beforeEach(async () => {
  scene = await openCallbackScene()
})
afterEach(async () => {
  await scene.close()
  for (const close of closing.splice(0)) await close()
})

/** A provider that answers when it is told to, and where its callbacks go. */
async function held(callbacks: CallbackMapping | null = null) {
  const provider = await heldProvider(scene, { callbacks })
  closing.push(() => provider.server.close())
  provider.state.holds = true
  const { local } = await scene.call('callbacks.address', { providerId: provider.id })
  return { ...provider, address: local }
}

const reply = (message: string, to: string) => scene.post({ msisdn: '+14155550123', message }, to)

async function expectReplies(replies: number): Promise<void> {
  const query = { scope: { kind: 'all' }, range: { kind: 'days', days: 2 }, zone: 'UTC' } as const
  const answer = await scene.call('stats.get', { ...query, compare: false, tests: false, simulated: false })
  expect(answer.range.totals).toMatchObject({ sent: 1, replies })
  withStore(scene.folder, (db) => expect(keptFigures(db)).toEqual(figuresInLog(db)))
}

it('a reply that comes before the answer to its message counts once', async () => {
  const { id, address, arrivals, release } = await held()
  const key = newId()
  const sending = scene.send({ key, provider: { kind: 'saved', id } })
  await arrivals(1)
  const quick = { meta: key, toPhone: '+14155550123', incomingText: 'Quick', ts: 1_700_000_000 }
  const { callback } = await scene.post([{ event: 'replied', data: [quick] }], address)
  expect(callback.effect).toBe('counted')
  release()
  await sending
  await expectReplies(1)
  const later = { ...quick, ts: 1_700_000_001 }
  await scene.post([{ event: 'replied', data: [later] }], address)
  await expectReplies(2)
})

it('a reply to a message that is tried with a second provider counts once', async () => {
  const second = await held(testMapping)
  const group = {
    id: newId(),
    name: 'Group',
    notes: '',
    members: [scene.provider.id, second.id],
    countries: [],
    policies: defaultPolicies,
  }
  await scene.call('groups.save', group)
  scene.answers.push('HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n')
  const sending = scene.send({ provider: { kind: 'group', id: group.id } })
  await second.arrivals(1)
  await reply('From the first', scene.address)
  await reply('From the second', second.address)
  second.release()
  await sending
  await expectReplies(2)
})
