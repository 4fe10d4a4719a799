import { once } from 'node:events'
import { expect, it, vi } from 'vitest'
import { settleMessage } from '../../../electron/db/messages.ts'
import {
  addLogRows,
  describeLog,
  insertLogRows,
  logRow,
  spreadOut,
  withStore,
  type LogRow,
} from '../../helpers/log-rows.ts'
import { providerInput } from '../../helpers/messages.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'
import { startChild } from '../db/fixtures/child.ts'

const found = async (test: TestWorkbench, text: string) =>
  (await test.call('messages.list', { providerId: null, text, before: null, limit: 500 })).messages
const describeAll = (test: TestWorkbench) => withStore(test.folder, describeLog)
const blocks = (test: TestWorkbench) =>
  withStore(test.folder, (db) => db.prepare('SELECT block FROM log_blocks ORDER BY block').pluck().all())
/** Messages that lie `step` apart, after those that are there. */
const addSpread = (test: TestWorkbench, rows: readonly LogRow[], step: number) =>
  withStore(test.folder, (db) => {
    insertLogRows(db, rows)
    spreadOut(db, step)
  })

it('a program that is killed between a message and its description loses neither', async () => {
  const test = await openTestWorkbench()
  await test.workbench.close()
  const acknowledged = new Set<string>()
  for (let round = 0; round < 5; round += 1) {
    const { child, lines } = startChild('../../messages/fixtures/indexing.ts', test.folder)
    const exited = once(child, 'exit')
    let heard = 0
    for await (const line of lines) {
      acknowledged.add(line)
      heard += 1
      if (heard === 50 + round * 61) child.kill('SIGKILL')
    }
    await exited
    await test.reopen()
    const ids = new Set<string>()
    let cursor: number | undefined
    for (let more = true; more;) {
      const list = { providerId: null, text: 'needle', before: null, limit: 500 }
      const page = await test.call('messages.list', { ...list, ...(cursor === undefined ? {} : { cursor }) })
      for (const { id } of page.messages) ids.add(id)
      more = page.more
      cursor = page.cursor
    }
    const [all, sound] = withStore(test.folder, (db) => [
      db.prepare('SELECT id FROM messages').pluck().all() as string[],
      db.pragma('integrity_check', { simple: true }),
    ])
    expect(sound).toBe('ok')
    expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([])
    expect(ids).toEqual(new Set(all))
    await test.workbench.close()
  }
  await test.reopen()
  expect(describeAll(test)).toBeGreaterThan(2)
  await test.close()
}, 60_000)

it('a deleted provider’s messages leave the description, and those that come in their place are found', async () => {
  const test = await openTestWorkbench()
  const provider = providerInput({ endpoint: 'http://127.0.0.1:9/' })
  await test.call('providers.save', provider)
  const rows = [
    ...Array.from({ length: 5 }, () => logRow({ text: 'of another one' })),
    ...Array.from({ length: 30 }, () => logRow({ text: 'the doomed one', providerId: provider.id })),
  ]
  addSpread(test, rows, 500)
  expect(describeAll(test)).toBe(8)
  await test.call('providers.delete', { id: provider.id, name: provider.name })
  // The newest message has seq 2500: what comes next may get any after it.
  expect(blocks(test)).toEqual([0])
  expect(await found(test, 'doomed')).toEqual([])
  addLogRows(test.folder, [logRow({ text: 'the second one' })])
  expect((await found(test, 'one'))[0]).toMatchObject({ text: 'the second one' })
  expect(await found(test, 'one')).toHaveLength(6)
  await test.close()
})

it('what changes after it was described is found as it is', async () => {
  const test = await openTestWorkbench()
  const rows = Array.from({ length: 40 }, (_, index) =>
    logRow({
      state: 'failed',
      outcomeClass: 'unknown',
      outcomeCode: 'server_error',
      country: index === 7 ? 'FJ' : 'US',
    }),
  )
  addSpread(test, rows, 300)
  expect(describeAll(test)).toBe(5)
  const id = rows[7]?.id ?? ''
  const list = { providerId: null, before: null, limit: 500 }
  const sent = async () => (await test.call('messages.list', { ...list, states: ['sent'] })).messages
  expect(await sent()).toEqual([])
  withStore(test.folder, (db) => settleMessage(db, 8 * 300, { as: 'sent', now: 1 }))
  expect((await sent()).map((one) => one.id)).toEqual([id])
  const unknown = await test.call('messages.list', { ...list, states: ['unknown'] })
  expect(unknown.messages).toHaveLength(39)
  expect(describeAll(test)).toBe(5)
  expect((await sent()).map((one) => one.id)).toEqual([id])
  expect((await test.call('messages.list', { ...list, states: ['sent'], country: 'US' })).messages).toEqual(
    [],
  )
  await test.close()
})

it('a backup brings its description back', async () => {
  const test = await openTestWorkbench()
  addSpread(
    test,
    Array.from({ length: 12 }, (_, index) => logRow({ text: `kept ${index}` })),
    400,
  )
  expect(describeAll(test)).toBe(2)
  const status = await test.call('store.backup', undefined)
  addSpread(test, [logRow({ text: 'kept, but too late' })], 2)
  describeAll(test)
  const backup = status.state === 'ready' ? (status.backups[0]?.name ?? '') : ''
  await test.call('store.restore', { backup })
  expect(blocks(test)).toEqual([0, 1])
  addLogRows(test.folder, [logRow({ text: 'kept since' })])
  const texts = (await found(test, 'kept')).map(({ text }) => text)
  expect(texts).toEqual(['kept since', ...Array.from({ length: 12 }, (_, index) => `kept ${11 - index}`)])
  await test.close()
})

it('a host that stays describes the log by itself', async () => {
  const test = await openTestWorkbench({ host: 'headless' })
  addSpread(
    test,
    Array.from({ length: 450 }, (_, count) => logRow({ text: `Message ${count}` })),
    20,
  )
  await test.reopen()
  await vi.waitFor(() => expect(blocks(test)).toEqual([0, 1, 2, 3]), 40_000)
  expect((await found(test, 'message 449')).length).toBe(1)
  await test.close()
})

it('saved filters are kept, renamed and deleted, each name once', async () => {
  const test = await openTestWorkbench()
  const id = '0199a0a0-0000-7000-8000-000000000009'
  const filter = { state: 'failed', q: 'code' }
  await test.call('filters.save', { id, name: ' Failed codes ', filter })
  await test.reopen()
  expect(await test.call('filters.list', undefined)).toEqual([{ id, name: 'Failed codes', filter }])
  const second = { id: id.replace(/9$/, '8'), name: 'FAILED CODES', filter: {} }
  expect(await test.refusal('filters.save', second)).toMatchObject({
    code: 'name_taken',
    details: { issues: [{ path: 'name' }] },
  })
  await test.call('filters.save', { id, name: 'Codes', filter })
  await test.call('filters.save', second)
  expect((await test.call('filters.list', undefined)).map(({ name }) => name)).toEqual([
    'Codes',
    'FAILED CODES',
  ])
  await test.call('filters.delete', { id })
  expect((await test.call('filters.list', undefined)).map(({ name }) => name)).toEqual(['FAILED CODES'])
  expect(test.events.filter(({ name }) => name === 'filters.changed')).toHaveLength(4)
  await test.close()
})

it('of a bulk test in a described log only its own messages are found, whatever else is asked of them', async () => {
  const test = await openTestWorkbench()
  const rows = Array.from({ length: 60 }, (_, index) => logRow({ test: index % 2 === 0 }))
  addSpread(test, rows, 100)
  const bulkId = '0199a0a0-0000-7000-8000-00000000000b'
  withStore(test.folder, (db) => {
    db.prepare(
      `INSERT INTO bulk_jobs (seq, id, name, state, setup, target_name, columns, created_at)
       VALUES (1, ?, 'B', 'done', '{}', '', '[]', 0)`,
    ).run(bulkId)
    db.exec(`INSERT INTO bulk_rows (job, line, message_seq, cells, waiting)
      SELECT 1, seq, seq, '[]', 0 FROM messages WHERE seq % 300 = 0`)
  })
  expect(describeAll(test)).toBe(2)
  const list = { providerId: null, bulkId, before: null, limit: 500 }
  expect((await test.call('messages.list', list)).messages).toHaveLength(20)
  expect((await test.call('messages.list', { ...list, test: true })).messages).toHaveLength(10)
  await test.close()
})
