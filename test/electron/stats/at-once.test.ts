import { afterEach, beforeEach, expect, it } from 'vitest'
import { defaultPolicies } from '#shared/group.ts'
import { beginAnew } from '../../../electron/db/rollups/anew.ts'
import { copyOutlived, nothingCopied } from '../../../electron/db/rollups/outlived-copy.ts'
import { openStore, type StoreHandle } from '../../../electron/db/store-handle.ts'
import { deleteOldMessages } from '../../../electron/db/retention.ts'
import { createLog } from '../../../electron/log.ts'
import { openCallbackScene, type CallbackScene } from '../../helpers/callbacks.ts'
import { withStore } from '../../helpers/log-rows.ts'
import { newId } from '../../helpers/new-id.ts'
import { figuresInLog, keptFigures } from '../../helpers/stats-tables.ts'

let scene: CallbackScene
beforeEach(async () => {
  scene = await openCallbackScene()
})
afterEach(() => scene.close())

/** Figures of messages that were kept no longer are written with others, at the end of a transaction. */
it('a repair that begins in the transaction of a clean-up has the figures of what that removed', async () => {
  for (let index = 0; index < 5; index += 1) await scene.send()
  const query = { scope: { kind: 'all' }, range: { kind: 'days', days: 2 }, zone: 'UTC' } as const
  const stats = () => scene.call('stats.get', { ...query, compare: false, tests: false, simulated: false })
  expect((await stats()).range.totals.sent).toBe(5)
  await scene.workbench.close()
  const stores: StoreHandle = openStore(scene.folder, { log: createLog(scene.folder, (text) => text) })
  const before = Date.now() + 1000
  await Promise.all([
    stores.store.write((db) => deleteOldMessages(db, { before, from: 0, most: 200 })),
    stores.store.write((db) => {
      beginAnew(db)
      expect(copyOutlived(db, nothingCopied, 500)).toBeNull()
    }),
  ])
  const anew = stores.store.read((db) =>
    db.prepare("SELECT sent FROM stats_sums_anew WHERE scope = 'a' AND level = 1").pluck().all(),
  ) as number[]
  await stores.close()
  await scene.reopen()
  expect(anew.reduce((sum, one) => sum + one, 0)).toBe(4)
})

it('what comes for a message of a deleted group counts for no group, whatever shares its transaction', async () => {
  const group = { id: newId(), name: 'Group', notes: '', countries: [], policies: defaultPolicies }
  await scene.call('groups.save', { ...group, members: [scene.provider.id] })
  const send = () => scene.send({ provider: { kind: 'group', id: group.id } })
  await send()
  await scene.post({ id: 'vendor-1', status: 'SENT' })
  const sending = send()
  await Promise.all([sending, scene.call('groups.delete', { id: group.id })])
  await scene.post({ id: 'vendor-1', status: 'DELIVRD' })
  await scene.post({ id: 'vendor-1', clicked: 'https://x.example/', at: 1_700_000_000 })
  withStore(scene.folder, (db) => expect(keptFigures(db)).toEqual(figuresInLog(db)))
})
