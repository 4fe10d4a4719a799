import { afterEach, beforeEach, expect, it } from 'vitest'
import { defaultPolicies } from '#shared/group.ts'
import { bulkFile, bulkSetup, bulkWhen, isOver, loadBulk } from '../../helpers/bulk.ts'
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

const agree = () => withStore(scene.folder, (db) => expect(keptFigures(db)).toEqual(figuresInLog(db)))

/** So many attempts have their result. */
async function answered(count: number): Promise<void> {
  const results = () =>
    withStore(scene.folder, (db) => db.prepare('SELECT count(*) FROM attempt_results').pluck().get())
  while (Number(results()) < count) await new Promise(setImmediate)
}

/** A bulk test of one message, which a first provider refused and which went back to the queue before a second had it. */
async function refusedAndQueued() {
  const slow = await heldProvider(scene, { callbacks: testMapping, ratePerSecond: 0.01 })
  closing.push(() => slow.server.close())
  await scene.send({ provider: { kind: 'saved', id: slow.id } })
  const group = { id: newId(), name: 'Group', notes: '', countries: ['US'], policies: defaultPolicies }
  await scene.call('groups.save', { ...group, members: [scene.provider.id, slow.id] })
  scene.answers.push('HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n')
  const job = await loadBulk(scene, bulkSetup({ kind: 'route' }), bulkFile(1))
  await scene.call('bulk.start', { id: job.id })
  await answered(2)
  expect(await scene.call('bulk.pause', { id: job.id })).toMatchObject({ state: 'paused', sending: 0 })
  return { job: job.id, group }
}

it('what came back for a message that waits again is counted when it is cancelled', async () => {
  const { job } = await refusedAndQueued()
  await scene.post({ msisdn: '+14155550000', message: 'Hello' })
  agree()
  await scene.call('bulk.cancel', { id: job })
  agree()
})
it('what came back for a message that waits again is counted when its bulk test is deleted', async () => {
  const { job } = await refusedAndQueued()
  await scene.post({ msisdn: '+14155550000', message: 'Hello' })
  await scene.call('bulk.delete', { id: job })
  agree()
})

it('what a message added to one group goes with it to another', async () => {
  const { job, group } = await refusedAndQueued()
  await scene.call('groups.save', { ...group, countries: [], members: [scene.provider.id] })
  const { provider } = await scene.addProvider({ name: 'Third' })
  await scene.call('groups.save', { ...group, id: newId(), name: 'Other', members: [provider.id] })
  await scene.call('bulk.start', { id: job })
  expect(await bulkWhen(scene, job, isOver)).toMatchObject({ sent: 1 })
  agree()
})
