import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bulkFile, bulkSetup, bulkWhen, loadBulk, saved } from '../../helpers/bulk.ts'
import { openCallbackScene, type CallbackScene } from '../../helpers/callbacks.ts'
import { exported } from '../../helpers/bundles.ts'
import { withStore } from '../../helpers/log-rows.ts'
import { openTestWorkbench } from '../../helpers/workbench.ts'

const dayMs = 86_400_000
let scene: CallbackScene
let now: number
beforeEach(async () => {
  now = Date.now()
  scene = await openCallbackScene({ now: () => now })
})
afterEach(() => scene.close())

const keep = async (contentDays: number | null, messageDays: number | null) => {
  await scene.call('data.retain', { contentDays, messageDays })
  return scene.call('data.clean', undefined)
}
const count = (table: string) =>
  withStore(scene.folder, (db) => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()))

/** One message ten days ago with its receipt, one now. */
async function twoMessages() {
  const old = await scene.send({ text: 'Old' })
  await scene.post({ id: 'vendor-1', status: 'DELIVRD' })
  now += 10 * dayMs
  const young = await scene.send({ text: 'Young' })
  await scene.post({ id: 'vendor-2', status: 'DELIVRD' })
  return { old, young }
}

test('everything is kept until somebody says otherwise', async () => {
  await twoMessages()
  const status = await scene.call('data.clean', undefined)
  expect(status).toEqual({
    retention: { contentDays: null, messageDays: null },
    cleaning: null,
    last: null,
  })
  expect(count('messages')).toBe(2)
})

test('old messages go with all that hangs on them, the figures stay, and what is told of it before is right', async () => {
  const { old, young } = await twoMessages()
  const figures = await scene.figures()
  expect(await scene.call('data.wouldGo', { contentDays: null, messageDays: 5 })).toEqual({
    messages: 1,
    callbacks: 1,
    contents: 0,
  })
  const status = await keep(null, 5)
  expect(status.last).toEqual({ messages: 1, callbacks: 1, contents: 0, at: now })
  expect((await scene.refusal('messages.get', { id: old.id })).code).toBe('not_found')
  expect((await scene.story(young.id)).state).toBe('delivered')
  expect(await scene.figures()).toEqual(figures)
  for (const table of ['messages', 'attempts', 'attempt_results', 'callbacks', 'callback_items'])
    expect([table, count(table)]).toEqual([table, 1])
  expect([count('vendor_ids'), count('message_numbers')]).toEqual([1, 1])
})

test('old contents go, and the story stands without them and says so; a second look finds nothing more', async () => {
  const { old, young } = await twoMessages()
  expect((await scene.call('data.wouldGo', { contentDays: 5, messageDays: null })).contents).toBe(2)
  expect((await keep(5, null)).last).toMatchObject({ messages: 0, callbacks: 0, contents: 2 })
  const story = await scene.story(old.id)
  expect(story).toMatchObject({ state: 'delivered', text: 'Old' })
  expect(story.story[0]).toMatchObject({
    cleared: true,
    request: null,
    response: { status: 200, headers: [], body: '' },
    outcome: { class: 'accepted' },
  })
  expect(story.callbacks).toMatchObject([{ word: 'DELIVRD', effect: 'counted' }])
  const id = story.callbacks[0]?.callbackId ?? ''
  expect((await scene.call('callbacks.get', { id })).request).toMatchObject({
    headers: [],
    body: '',
    cleared: true,
  })
  expect((await scene.refusal('callbacks.replay', { ids: [id] })).message).toContain('was removed')
  const attemptId = story.story[0]?.id ?? ''
  expect((await scene.refusal('messages.revealRequest', { attemptId })).code).toBe('not_found')

  const kept = (await scene.story(young.id)).story[0]
  expect(kept?.request?.url).toBeDefined()
  expect(kept?.cleared).toBeUndefined()
  const cleaned = now
  now += dayMs
  expect((await scene.call('data.clean', undefined)).last?.at).toBe(cleaned)
  now += 10 * dayMs
  expect((await scene.call('data.clean', undefined)).last).toMatchObject({ contents: 2, at: now })
})

test('a message without its contents is exported as it stands, told elsewhere, and not replayed', async () => {
  const { old } = await twoMessages()
  await keep(5, null)
  const { text, counts } = await exported(scene, old.id)
  expect(counts).toMatchObject({ attempts: 1, receipts: 1 })
  const { entries } = JSON.parse((await exported(scene, old.id, { form: 'har' })).text).log
  expect(entries).toEqual([])

  const elsewhere = await openTestWorkbench()
  const { id, obstacle } = await elsewhere.call('bundles.open', { text })
  expect(obstacle).toContain('contents')
  const story = await elsewhere.call('messages.get', { id: id ?? '' })
  expect(story).toMatchObject({ state: 'delivered', text: 'Old' })
  expect(story.story[0]).toMatchObject({ cleared: true, request: null, outcome: { class: 'accepted' } })
  expect(story.callbacks).toMatchObject([{ word: 'DELIVRD', received: { request: { cleared: true } } }])
  await elsewhere.close()
})

test('what is on its way stays, however old it is', async () => {
  const old = await scene.send()
  now += 10 * dayMs
  await scene.send()
  withStore(scene.folder, (db) => db.prepare("UPDATE messages SET state = 'queued' WHERE id = ?").run(old.id))
  expect((await keep(null, 1)).last?.messages).toBeUndefined()
  expect(count('messages')).toBe(2)
  expect((await scene.story(old.id)).state).toBe('queued')
})

test('a setting out of range is refused at its field', async () => {
  const refused = await scene.refusal('data.retain', { contentDays: 0, messageDays: 5000 })
  expect(refused.details.issues?.map(({ path }) => path)).toEqual(['contentDays', 'messageDays'])
})

test('a clean-up leaves a smaller store once it is compacted, and everything that stays is there', async () => {
  for (let index = 0; index < 150; index += 1) await scene.send({ text: 'x'.repeat(1500) })
  now += 10 * dayMs
  const young = await scene.send()
  await keep(null, 5)
  const sizes = await scene.call('data.sizes', undefined)
  expect(sizes.parts.find(({ part }) => part === 'free')?.bytes).toBeGreaterThan(200_000)
  const { before, after } = await scene.call('data.compact', undefined)
  expect(after).toBeLessThan(before - 200_000)
  expect((await scene.story(young.id)).state).toBe('sent')
  await scene.reopen()
  expect((await scene.story(young.id)).state).toBe('sent')
  expect((await scene.send()).state).toBe('sent')
})

test('what a bulk test sent stays while it is under way, however old it is', async () => {
  const job = await loadBulk(scene, bulkSetup(saved(scene.provider.id), { perSecond: 1 }), bulkFile(3))
  await scene.call('bulk.start', { id: job.id })
  await bulkWhen(scene, job.id, ({ sent }) => sent === 1)
  await scene.call('bulk.pause', { id: job.id })
  now += 10 * dayMs
  await scene.send()
  await keep(null, 5)
  expect(count('messages')).toBe(4)
  await scene.call('bulk.cancel', { id: job.id })
  await scene.call('data.clean', undefined)
  expect(count('messages')).toBe(1)
  expect(await scene.call('bulk.get', { id: job.id })).toMatchObject({ sent: 1, cancelled: 2 })
})

describe('contents that were passed over', () => {
  /** Rows like the only one of a table. */
  function again(table: string, rows: number, more: (index: number) => object): void {
    withStore(scene.folder, (db) => {
      const { seq: _, ...row } = db.prepare(`SELECT * FROM ${table} ORDER BY rowid DESC`).get() as {
        seq: number
      }
      for (let index = 0; index < rows; index += 1) {
        const values = { ...row, ...more(index) }
        const names = Object.keys(values)
        const places = names.map((name) => `@${name}`)
        db.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places.join(', ')})`).run(values)
      }
    })
  }
  const left = (table: string, condition: string) =>
    withStore(scene.folder, (db) =>
      db.prepare(`SELECT count(*) FROM ${table} WHERE ${condition}`).pluck().get(),
    )

  test('go once they may, though what is younger went before', async () => {
    await scene.post({ id: 'unknown', status: 'DELIVRD' })
    again('callbacks', 420, (index) => ({ id: `copy-${index}` }))
    withStore(scene.folder, (db) => db.exec('UPDATE callback_marks SET read_to = 421'))
    now += 10 * dayMs
    await keep(5, null)
    expect(left('callbacks', "headers <> 'null'")).toBe(1)
    withStore(scene.folder, (db) => db.exec('UPDATE callback_items SET open = 0'))
    await scene.call('data.clean', undefined)
    expect(left('callbacks', "headers <> 'null'")).toBe(0)
  })

  test('go also where their places were given anew after their provider was deleted', async () => {
    const { id, name } = scene.provider
    const { provider } = await scene.addProvider({ name: 'Other' })
    const many = () => {
      again('attempts', 210, (index) => ({ position: index + 2 }))
      const newest = left('attempts', '1') as number
      again('attempt_results', 210, (index) => ({ attempt_seq: newest - index }))
    }
    await scene.send()
    many()
    now += 10 * dayMs
    await keep(5, null)
    expect(left('attempts', "request = 'null'")).toBe(211)
    await scene.call('providers.delete', { id, name })
    expect(left('attempts', '1')).toBe(0)
    await scene.send({ provider: { kind: 'saved', id: provider.id } })
    many()
    now += 10 * dayMs
    await scene.call('data.clean', undefined)
    expect(left('attempts', "request = 'null'")).toBe(211)
  })
})
