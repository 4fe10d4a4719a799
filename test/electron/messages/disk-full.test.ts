import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openCatalogue } from '../../../electron/catalogue/load.ts'
import { openStore, type StoreHandle } from '../../../electron/db/store-handle.ts'
import { EventHub } from '../../../electron/events.ts'
import { createLog, type WorkbenchLog } from '../../../electron/log.ts'
import { messageHandlers } from '../../../electron/messages/handlers.ts'
import { logHandlers } from '../../../electron/messages/log-handlers.ts'
import { Sender } from '../../../electron/messages/sender.ts'
import { createDispatch, type Dispatch, type Handlers } from '../../../electron/rpc.ts'
import { openVault } from '../../../electron/secrets/vault.ts'
import { openAccess } from '../../../electron/sending/access/access.ts'
import { createOutgoing, type Outgoing } from '../../../electron/sending/outgoing.ts'
import { noSystemProxy } from '../../../electron/sending/access/system-proxy.ts'
import { providerInput, sendInput } from '../../helpers/messages.ts'
import { reply, startRawServer, type RawServer } from '../../helpers/raw-server.ts'

let folder: string
let log: WorkbenchLog
let stores: StoreHandle
let outgoing: Outgoing
let events: EventHub
let dispatch: Dispatch
let server: RawServer
let onRequest: () => void = () => {}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'full-'))
  log = createLog(folder, (text) => text)
  stores = openStore(folder, { log })
  const vault = openVault(folder, { keychain: null, log })
  outgoing = createOutgoing()
  events = new EventHub()
  const remember = (secret: string) => vault.remember(secret)
  const access = openAccess({
    outgoing,
    systemProxy: noSystemProxy,
    remember,
    forget: () => {},
    now: Date.now,
  })
  const parts = { stores, vault, outgoing, access, events, log }
  const vendors = { catalogue: openCatalogue(log), simulator: () => '' }
  const sender = new Sender({ ...parts, userAgent: 'test', now: Date.now })
  const handlers = {
    ...messageHandlers({ ...parts, ...vendors, sender, storyElsewhere: () => null, now: Date.now }),
    ...logHandlers(stores, events, Date.now),
  }
  dispatch = createDispatch(handlers as Handlers, log)
  server = await startRawServer({
    onRequest: (socket) => {
      onRequest()
      socket.write(reply('200 OK', 'x'.repeat(200_000)))
    },
  })
})
afterEach(async () => {
  await server.close()
  await outgoing.close()
  await stores.close()
  await log.close()
  rmSync(folder, { recursive: true })
})

/** SQLite's own "disk full": the file may not grow beyond what it has now, or may again. */
function fillDisk(full: boolean): void {
  stores.store.read((db) => {
    const pages = Number(db.pragma('page_count', { simple: true }))
    db.pragma(`max_page_count = ${full ? pages : 1_000_000}`)
  })
}

const send = (text = 'Hello') =>
  dispatch(
    'messages.send',
    sendInput(providerInput({ endpoint: `http://127.0.0.1:${server.port}/` }), { text }),
  )

it('is told, and nothing goes out that could not be written down first', async () => {
  fillDisk(true)
  const outcomes = []
  for (let count = 0; count < 20; count += 1) outcomes.push(await send('x'.repeat(4000)))
  const refused = outcomes.filter((outcome) => !outcome.ok)
  expect(refused.length).toBeGreaterThan(0)
  for (const outcome of refused) expect(outcome).toMatchObject({ error: { code: 'disk_full' } })
  const written = await dispatch('messages.list', { providerId: null, before: null, limit: 500 })
  expect(written.ok && written.value.messages.length).toBe(server.received.length)
  fillDisk(false)
  expect(await send()).toMatchObject({ ok: true, value: { state: 'sent' } })
})

it('does not lose the outcome of a message that went out, nor call it a failure: it is written when there is space', async () => {
  onRequest = () => fillDisk(true)
  const told = await send()
  expect(told).toMatchObject({ ok: true, value: { state: 'sent', outcomeClass: 'accepted' } })
  const id = told.ok ? told.value.id : ''
  const stored = () => dispatch('messages.get', { id })
  expect(await stored()).toMatchObject({ ok: true, value: { state: 'sending' } })
  const written = new Promise<void>((resolve) => {
    events.subscribe((event) => {
      if (event.name === 'message.changed' && event.payload.id === id) resolve()
    })
  })
  onRequest = () => {}
  fillDisk(false)
  await written
  expect(await stored()).toMatchObject({ ok: true, value: { state: 'sent', outcomeClass: 'accepted' } })
})
