import { once } from 'node:events'
import { expect, it, vi } from 'vitest'
import { indexedTo, indexSome } from '../../../electron/db/message-search.ts'
import { addLogRows, logRow, withStore } from '../../helpers/log-rows.ts'
import { providerInput } from '../../helpers/messages.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'
import { startChild } from '../db/fixtures/child.ts'

const found = async (test: TestWorkbench, text: string) =>
  (await test.call('messages.list', { providerId: null, text, before: null, limit: 500 })).messages
const index = (test: TestWorkbench, pieces = 5) =>
  withStore(test.folder, (db) => {
    for (let piece = 0; piece < pieces; piece += 1) db.transaction(() => indexSome(db))()
    return indexedTo(db)
  })
/** What the index itself holds. */
const inIndex = (test: TestWorkbench, run: string) =>
  withStore(test.folder, (db) =>
    Number(
      db.prepare('SELECT count(*) FROM message_search WHERE message_search MATCH ?').pluck().get(`"${run}"`),
    ),
  )

it('a program that is killed between a message and the index loses neither', async () => {
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
  expect(index(test, 1)).toBeGreaterThan(0)
  await test.close()
}, 60_000)

it('a deleted provider’s messages leave the index, and those that come in their place are found', async () => {
  const test = await openTestWorkbench()
  const provider = providerInput({ endpoint: 'http://127.0.0.1:9/' })
  await test.call('providers.save', provider)
  addLogRows(test.folder, [logRow({ text: 'of another one' })])
  addLogRows(
    test.folder,
    Array.from({ length: 30 }, () => logRow({ text: 'the doomed one', providerId: provider.id })),
  )
  expect(index(test)).toBe(31)
  expect(inIndex(test, 'one')).toBe(31)
  await test.call('providers.delete', { id: provider.id, name: provider.name })
  expect(inIndex(test, 'one')).toBe(1)
  expect(withStore(test.folder, indexedTo)).toBe(1)
  expect(await found(test, 'doomed')).toEqual([])
  addLogRows(test.folder, [logRow({ text: 'the second one' })])
  expect((await found(test, 'one')).map(({ text }) => text)).toEqual(['the second one', 'of another one'])
  expect(index(test)).toBe(2)
  expect((await found(test, 'one')).map(({ text }) => text)).toEqual(['the second one', 'of another one'])
  await test.close()
})

it('a backup brings its index back', async () => {
  const test = await openTestWorkbench()
  addLogRows(test.folder, [logRow({ text: 'kept one' }), logRow({ text: 'kept two' })])
  index(test)
  const status = await test.call('store.backup', undefined)
  addLogRows(test.folder, [logRow({ text: 'kept, but too late' })])
  index(test)
  const backup = status.state === 'ready' ? (status.backups[0]?.name ?? '') : ''
  await test.call('store.restore', { backup })
  addLogRows(test.folder, [logRow({ text: 'kept since' })])
  expect((await found(test, 'kept')).map(({ text }) => text)).toEqual(['kept since', 'kept two', 'kept one'])
  await test.close()
})

it('a host that stays fills the index by itself', async () => {
  const test = await openTestWorkbench({ host: 'headless' })
  addLogRows(
    test.folder,
    Array.from({ length: 450 }, (_, count) => logRow({ text: `Message ${count}` })),
  )
  await test.reopen()
  await vi.waitFor(() => expect(withStore(test.folder, indexedTo)).toBe(450), 40_000)
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
