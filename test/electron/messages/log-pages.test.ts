import { expect, it } from 'vitest'
import { addLogRows, logRow, withStore } from '../../helpers/log-rows.ts'
import { openTestWorkbench } from '../../helpers/workbench.ts'

it('has no gap and no repeat when messages arrive and go between two pages', async () => {
  const own = await openTestWorkbench()
  const first = Array.from({ length: 40 }, (_, index) => logRow({ text: `old ${index}` }))
  addLogRows(own.folder, first)
  const list = { providerId: null, text: 'old', before: null, limit: 10 }
  const page = await own.call('messages.list', list)
  addLogRows(own.folder, [logRow({ text: 'old, and new' }), logRow({ text: 'something else' })])
  // The last message of the page above is gone: the place stays.
  withStore(own.folder, (db) => db.prepare('DELETE FROM messages WHERE id = ?').run(page.messages.at(-1)?.id))
  const next = await own.call('messages.list', { ...list, cursor: page.cursor })
  expect(next.messages.map(({ text }) => text)).toEqual(
    Array.from({ length: 10 }, (_, index) => `old ${29 - index}`),
  )
  const newer = await own.call('messages.list', { ...list, after: page.top })
  expect(newer.messages.map(({ text }) => text)).toEqual(['old, and new'])
  const later = await own.call('messages.list', { ...list, after: newer.cursor })
  expect(later).toMatchObject({ messages: [], more: false })
  addLogRows(own.folder, [logRow({ text: 'old again' })])
  const last = await own.call('messages.list', { ...list, after: later.cursor })
  expect(last.messages.map(({ text }) => text)).toEqual(['old again'])
  await own.close()
})
