import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addMessages, beginAnew, takeAnew } from '../../../electron/db/rollups/anew.ts'
import { figuresInLog, keptFigures } from '../../helpers/stats-tables.ts'
import { defaultPolicies } from '#shared/group.ts'
import { newId } from '../../helpers/new-id.ts'
import { providerInput, sendInput } from '../../helpers/messages.ts'
import { reply, startRawServer } from '../../helpers/raw-server.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'
import { addCallback, addStory, countRows, openFileOf, placesOf } from './fixtures/stories.ts'

let test: TestWorkbench
beforeEach(async () => {
  test = await openTestWorkbench()
})
afterEach(() => test.close())

const named = (name: string) =>
  providerInput(
    { auth: { kind: 'bearer', token: '{{secret:token}}' } },
    { name, secrets: { token: `${name} key` } },
  )

/** Three providers, with messages of their own and messages that several of them tried. */
async function populate() {
  const [gone, stays, third] = [named('Gone'), named('Stays'), named('Third')] as const
  for (const provider of [gone, stays, third]) await test.call('providers.save', provider)
  const db = openFileOf(test.folder)
  const ids = {
    own: addStory(db, [gone.id], 'own text'),
    ownTwice: addStory(db, [gone.id, gone.id], 'own text'),
    taken: addStory(db, [gone.id, stays.id]),
    took: addStory(db, [stays.id, gone.id]),
    other: addStory(db, [stays.id, third.id]),
  }
  const health = db.prepare('INSERT INTO provider_health (provider_id, success_attempt) VALUES (?, 1)')
  for (const { id } of [gone, stays]) {
    health.run(id)
    db.prepare("INSERT INTO provider_breakers (provider_id, breaker, updated_at) VALUES (?, '{}', 1)").run(id)
  }
  const group = { id: newId(), name: 'Both', members: [gone.id, stays.id], countries: ['DE'], notes: '' }
  await test.call('groups.save', { ...group, policies: defaultPolicies })
  db.prepare('UPDATE messages SET group_id = ? WHERE attempts > 1').run(group.id)
  addCallback(db, gone.id, ids.own)
  addCallback(db, gone.id, ids.taken)
  addCallback(db, stays.id, ids.other)
  beginAnew(db)
  addMessages(db, 0, 1000)
  takeAnew(db)
  return { gone, stays, third, ids, db }
}

describe('deleting a provider', () => {
  it('removes every row that belongs to it, in every table, and no other', async () => {
    const { gone, stays, ids, db } = await populate()
    const before = countRows(db)
    expect(await test.call('providers.impact', { id: gone.id })).toMatchObject({
      messages: 2,
      attempts: 3,
      emptied: 2,
      figures: { sent: 4, errors: 1 },
      secrets: ['token'],
      uses: [{ kind: 'default' }, { kind: 'group', name: 'Both', last: false }],
    })
    const { messages, backup } = await test.call('providers.delete', { id: gone.id, name: 'Gone' })
    expect(messages).toBe(2)
    expect(keptFigures(db)).toEqual(figuresInLog(db))
    // A table that is missing here was added later: say what a deletion takes from it.
    expect(countRows(db)).toEqual({
      stats_sums: expect.any(Number),
      stats_counts: expect.any(Number),
      stats_sums_anew: 0,
      stats_counts_anew: 0,
      stats_sums_outlived: 0,
      stats_counts_outlived: 0,
      stats_marks: 1,
      providers: before['providers']! - 1,
      secrets: before['secrets']! - 1,
      messages: before['messages']! - 2,
      attempts: before['attempts']! - 3,
      attempt_results: before['attempt_results']! - 3,
      provider_health: before['provider_health']! - 1,
      provider_breakers: before['provider_breakers']! - 1,
      group_members: before['group_members']! - 1,
      provider_groups: before['provider_groups'],
      group_countries: before['group_countries'],
      preferences: before['preferences'],
      receipt_waits: before['receipt_waits'],
      log_blocks: 0,
      log_runs: 0,
      log_marks: 0,
      saved_filters: before['saved_filters'],
      bulk_jobs: before['bulk_jobs'],
      bulk_rows: before['bulk_rows'],
      bulk_counts: before['bulk_counts'],
      bundles: before['bundles'],
      // The address stays as a tombstone, without its provider.
      callback_addresses: before['callback_addresses'],
      callbacks: before['callbacks']! - 2,
      callback_readings: before['callback_readings']! - 2,
      callback_items: before['callback_items']! - 2,
      attempt_receipts: before['attempt_receipts']! - 1,
      vendor_ids: before['vendor_ids']! - 2,
      message_numbers: before['message_numbers']! - 1,
      callback_marks: 1,
      opt_outs: before['opt_outs'],
    })
    for (const text of [gone.id, 'Name of ' + gone.id, 'own text']) expect(placesOf(db, text)).toEqual([])
    expect(placesOf(db, stays.id)).not.toEqual([])
    expect(readdirSync(join(test.folder, 'backups'))).toContain(backup)
    expect(await test.refusal('messages.get', { id: ids.own })).toMatchObject({ code: 'not_found' })
    expect(await test.refusal('providers.get', { id: gone.id })).toMatchObject({ code: 'not_found' })
    db.close()
  })

  it('leaves the story of a message that another provider tried, with its own attempts emptied', async () => {
    const { gone, stays, ids, db } = await populate()
    await test.call('providers.delete', { id: gone.id, name: 'Gone' })
    const taken = await test.call('messages.get', { id: ids.taken })
    expect(taken).toMatchObject({ providerId: stays.id, providerMessageId: 'vendor-id', state: 'sent' })
    expect(taken.story[0]).toMatchObject({
      providerId: null,
      providerName: 'deleted provider',
      request: null,
      response: null,
      outcome: { class: 'unavailable', code: 'unreachable', facts: {} },
      timings: { remoteAddress: null, total: 4 },
    })
    expect(taken.story[1]).toMatchObject({ providerId: stays.id, response: { status: 200 } })
    const took = await test.call('messages.get', { id: ids.took })
    expect(took).toMatchObject({
      providerId: null,
      providerName: 'deleted provider',
      providerMessageId: null,
      from: '',
    })
    // Once the last provider that had a part in them goes, they go.
    await test.call('providers.delete', { id: stays.id, name: 'Stays' })
    expect(await test.refusal('messages.get', { id: ids.took })).toMatchObject({ code: 'not_found' })
    expect(await test.call('messages.get', { id: ids.other })).toMatchObject({ attempts: 2 })
    db.close()
  })

  it('wants the name as it is written, and changes nothing without it', async () => {
    const { gone, db } = await populate()
    const before = countRows(db)
    for (const name of ['', 'gone', 'Gone 2'])
      expect(await test.refusal('providers.delete', { id: gone.id, name })).toMatchObject({
        code: 'invalid_input',
        details: { issues: [{ path: 'name' }] },
      })
    expect(countRows(db)).toEqual(before)
    db.close()
  })

  it('is refused while a message is on its way, and keeps messages of others waiting, not lost', async () => {
    let answer = () => {}
    const server = await startRawServer({
      onRequest: (socket) => (answer = () => socket.write(reply('201 Created', '{}'))),
    })
    const slow = providerInput({ endpoint: `http://127.0.0.1:${server.port}/` }, { name: 'Slow' })
    await test.call('providers.save', slow)
    const asked = new Promise<void>((resolve) => {
      const leave = test.workbench.events.subscribe((event) => {
        if (event.name !== 'message.phase' || event.payload.phase !== 'waiting') return
        leave()
        resolve()
      })
    })
    const sending = test.call('messages.send', sendInput(slow.id))
    await asked
    expect(await test.refusal('providers.delete', { id: slow.id, name: 'Slow' })).toMatchObject({
      code: 'provider_busy',
    })
    while (server.received.length === 0 || !server.received[0]?.includes('\r\n\r\n'))
      await new Promise(setImmediate)
    answer()
    expect(await sending).toMatchObject({ state: 'sent' })
    const other = providerInput({}, { name: 'Other' })
    const [deleted, saved, refused] = await Promise.all([
      test.call('providers.delete', { id: slow.id, name: 'Slow' }),
      test.call('providers.save', other),
      test.refusal('messages.send', sendInput(slow.id)),
    ])
    expect(deleted.messages).toBe(1)
    expect(saved.name).toBe('Other')
    expect(refused.code).toBe('provider_busy')
    expect((await test.call('providers.list', undefined)).map(({ name }) => name)).toEqual(['Other'])
    expect(await test.refusal('messages.send', sendInput(slow.id))).toMatchObject({ code: 'not_found' })
    await server.close()
  })
})
