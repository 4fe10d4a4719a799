import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { storeFile } from '../db/fixtures/damage.ts'
import type { Member } from '../../helpers/group-desk.ts'
import { minute, openReceiptDesk, type ReceiptDesk } from '../../helpers/receipt-desk.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

const reading = { messageId: 'id', errorCode: '', errorText: '' }

let desk: ReceiptDesk
let folder: string
beforeEach(async () => {
  desk = await openReceiptDesk()
  folder = mkdtempSync(join(tmpdir(), 'workbench-'))
})
afterEach(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The workspace as a kill in this moment would leave it, opened; `meanwhile` works on its file. */
async function afterKill(meanwhile: (db: Sqlite.Database) => void = () => {}): Promise<TestWorkbench> {
  cpSync(desk.test.folder, folder, { recursive: true, filter: (path) => !path.endsWith('.lock') })
  const db = new Sqlite(storeFile(folder))
  meanwhile(db)
  db.close()
  return openTestWorkbench({ folder, host: 'headless', now: () => desk.time() })
}

async function attemptOf(test: TestWorkbench, providerId: string, vendorId: string) {
  await test.call('listener.start', undefined)
  const crafted = await test.call('callbacks.craft', {
    providerId,
    method: 'POST',
    query: `id=${vendorId}&status=DELIVRD`,
    headers: [],
    body: '',
  })
  const { items } = await test.call('callbacks.get', { id: crafted.id })
  return items.map(({ messageId, attempt }) => ({ messageId, attempt }))
}

async function member(name: string, id: string, answer?: string): Promise<Member> {
  const { testMapping: callbacks } = await import('../../helpers/callbacks.ts')
  const one = await desk.member(name, answer, { reading, callbacks })
  one.state.body = JSON.stringify({ id })
  return one
}

it('a vendor’s id of an attempt of which nobody knows is not lost by a kill just after the next one', async () => {
  const lost = await member('Lost', 'first-1', '500 x')
  const next = await member('Next', 'second-1')
  next.state.holds = true
  const group = await desk.group([lost, next])
  const sending = desk.send(group.id)
  await next.state.asked(1)
  const [message] = (await desk.test.call('messages.list', { providerId: null, before: null, limit: 1 }))
    .messages
  const test = await afterKill()
  next.state.letGo()
  await sending
  await expect
    .poll(() => attemptOf(test, lost.id, 'first-1'))
    .toEqual([{ messageId: message?.id, attempt: 1 }])
  await test.close()
})

it('the vendor’s id of an attempt that waited is found again, where another one followed', async () => {
  const one = await member('One', 'first-2')
  const two = await member('Two', 'second-2')
  const group = await desk.group([one, two], { noReceiptMinutes: 5 })
  const { id: messageId } = await desk.send(group.id)
  await desk.pass(5 * minute)
  await two.state.asked(1)
  await desk.when(messageId, 'sent')
  const test = await afterKill((db) =>
    db.exec('DELETE FROM vendor_ids; UPDATE callback_marks SET gathered_to = 0'),
  )
  await expect.poll(() => attemptOf(test, one.id, 'first-2')).toEqual([{ messageId, attempt: 1 }])
  await expect.poll(() => attemptOf(test, two.id, 'second-2')).toEqual([{ messageId, attempt: 2 }])
  await test.close()
})
