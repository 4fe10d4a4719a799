import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { verdictOf } from '#shared/verdict.ts'
import { migrations } from '../../../electron/db/migrations/index.ts'
import { openStore } from '../../../electron/db/store-handle.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { reply, startRawServer } from '../../helpers/raw-server.ts'
import { openTestWorkbench } from '../../helpers/workbench.ts'
import { listeningLog } from '../db/fixtures/workspace.ts'
import { firstSettings } from './fixtures/first-settings.ts'

const id = '0190aaaa-0000-7000-8000-00000000000a'

/** A workspace of the very first version with this provider, opened by today's workbench, and a healthy one beside it. */
async function openedWith(settings: string) {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-'))
  const first = openStore(folder, { log: listeningLog(), migrations: migrations.slice(0, 1) })
  first.store.writeNow((db) =>
    db.prepare("INSERT INTO providers VALUES (?, 'Old', 'generic', ?, 0, 1, NULL, 1, 1)").run(id, settings),
  )
  await first.close()
  const test = await openTestWorkbench({ folder })
  onTestFinished(() => test.close())
  await test.call('providers.save', providerInput())
  const listed = await test.call('providers.list', undefined)
  expect(listed).toHaveLength(2)
  return { test, listed: listed.find((provider) => provider.id === id) }
}

async function answering(body: string): Promise<string> {
  const bytes = reply('200 OK', body, ['Content-Type: application/json'])
  const server = await startRawServer({ onRequest: (socket) => void socket.write(bytes) })
  onTestFinished(() => server.close())
  return `http://127.0.0.1:${server.port}/send`
}

const reading = (part: object) => ({ reading: { messageId: '', errorCode: '', errorText: '', ...part } })
const success = (path: string) => ({
  success: { statusFrom: 200, statusTo: 299, body: { kind: 'json', path, equals: '' } },
})

it('settings of the very first version are listed, read and sent with', async () => {
  const endpoint = await answering('{"messages":[{"id":"m7"}]}')
  const { test, listed } = await openedWith(firstSettings({ endpoint }))
  expect(listed).toMatchObject({ status: 'untested', attention: null })
  const { settings } = await test.call('providers.get', { id })
  expect(settings).toMatchObject({ endpoint, batch: null, codes: [], numberFormat: 'e164' })
  expect(await test.call('messages.send', sendInput(id))).toMatchObject({
    outcomeClass: 'accepted',
    providerMessageId: 'm7',
  })
})

it.each([
  ['a[[0', '“[[0” cannot be read'],
  ['$..code', '“..” is not supported'],
  ['data[0]id', 'Write a dot before “id”'],
  ['messages[]', '“[]” cannot be read'],
])('a reading that is refused by now, %s, is told, and finds nothing', async (messageId, words) => {
  const endpoint = await answering('{"messages":[{"id":"m7"}]}')
  const { test, listed } = await openedWith(firstSettings({ endpoint, ...reading({ messageId }) }))
  expect(listed).toMatchObject({ status: 'needs_attention', attention: expect.stringContaining(words) })
  const { name, settings } = await test.call('providers.get', { id })
  expect(settings.reading.messageId).toBe(messageId)
  const sent = await test.call('messages.send', sendInput(id))
  expect(sent).toMatchObject({ outcomeClass: 'accepted', providerMessageId: null })
  const again = { id, name, kind: 'generic' as const, settings, secrets: {} }
  const refused = await test.refusal('providers.save', again)
  expect(refused.details.issues).toEqual([
    { path: 'settings.reading.messageId', message: expect.stringContaining(words) },
  ])
  await test.call('providers.save', { ...again, settings: { ...settings, ...reading({}) } })
  const list = await test.call('providers.list', undefined)
  expect(list.find((one) => one.id === id)).toMatchObject({ attention: null })
})

it('a success rule that is refused by now is named in the verdict', async () => {
  const endpoint = await answering('{"data":{"id":1}}')
  const { test } = await openedWith(firstSettings({ endpoint, ...success('data..id') }))
  const { outcome } = onlyAttempt(await test.call('messages.send', sendInput(id)))
  expect(outcome).toMatchObject({ class: 'unknown', code: 'no_rule_reads_answer' })
  const { cause, next } = verdictOf(outcome ?? { class: 'unknown', code: 'accepted', facts: {} })
  expect(cause).toContain('“..” is not supported: name every step of the path.')
  expect(next).toContain('Mend the success rule')
})

it.each([
  ['text that is no JSON', '{"method":"PO', 'The stored settings cannot be read.'],
  ['no object', '7', 'The stored settings cannot be read.'],
  ['nothing', '{}', 'cannot be read: method, endpoint, authentication, headers'],
  ['an unknown kind', firstSettings({ auth: { kind: 'telepathy' } }), 'cannot be read: authentication.'],
])('of %s the page tells, the form opens, and nothing is sent', async (_what, stored, words) => {
  const { test, listed } = await openedWith(stored)
  expect(listed).toMatchObject({ status: 'needs_attention', attention: expect.stringContaining(words) })
  const { settings } = await test.call('providers.get', { id })
  expect(settings).toMatchObject({ auth: { kind: 'none' }, timeouts: { totalMs: 15_000 } })
  const refused = await test.refusal('messages.send', sendInput(id))
  expect(refused).toMatchObject({ code: 'invalid_input', message: expect.stringContaining(words) })
  expect(await test.refusal('providers.export', { ids: [id], passphrase: null })).toMatchObject({
    message: expect.stringContaining(words),
  })
})
