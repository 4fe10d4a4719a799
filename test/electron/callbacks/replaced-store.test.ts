import { expect, it, onTestFinished } from 'vitest'
import { Matcher } from '../../../electron/callbacks/matching/matcher.ts'
import { nothing } from '../../../electron/callbacks/matching/unread-queue.ts'
import { insertCallback, readTo, type CallbackRow } from '../../../electron/db/incoming/callbacks.ts'
import { newId } from '../../helpers/new-id.ts'
import { listeningLog, openIn, temporaryFolder } from '../db/fixtures/workspace.ts'

const kept = (): Omit<CallbackRow, 'seq'> => ({
  id: newId(),
  received_at: 1,
  provider_id: 'p',
  origin: 'network',
  simulated: 0,
  method: 'POST',
  target: '/c/x',
  remote: '127.0.0.1',
  signature: 'unchecked',
  status: 200,
  trouble: null,
  replay_of: null,
  answer: '{}',
  headers: '[]',
  body: Buffer.from('{}'),
})

it('what was read of a store says nothing to the one that is put in its place', async () => {
  const stores = openIn(temporaryFolder())
  const backup = await stores.backup()
  for (let n = 0; n < 3; n += 1) stores.store.writeNow((db) => insertCallback(db, kept()))
  const log = listeningLog()
  let replace = true
  const matcher = new Matcher({
    stores,
    log,
    now: () => 2,
    gather: async () => undefined,
    read: () => nothing,
    onMatched: () => undefined,
    accountOf: async () => {
      if (!replace) return null
      replace = false
      await stores.restore(backup)
      matcher.forget()
      return null
    },
  })
  onTestFinished(() => matcher.close())
  matcher.wake()
  await matcher.settled()
  expect(stores.store.read(readTo)).toBe(0)
  const seq = stores.store.writeNow((db) => insertCallback(db, kept()))
  matcher.wake()
  await matcher.settled()
  expect([stores.store.read(readTo), log.lines]).toEqual([seq, []])
})
