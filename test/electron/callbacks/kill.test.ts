import { once } from 'node:events'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { MessageSummary } from '#shared/message.ts'
import { rawFigures, testMapping } from '../../helpers/callbacks.ts'
import { providerInput } from '../../helpers/messages.ts'
import { reply, startRawServer, type RawServer } from '../../helpers/raw-server.ts'
import { withStore } from '../../helpers/log-rows.ts'
import { figuresInLog, keptFigures } from '../../helpers/stats-tables.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'
import { startChild } from '../db/fixtures/child.ts'
import { storeFile } from '../db/fixtures/damage.ts'

const rounds = process.env['SOAK'] ? 100 : 5

let server: RawServer
let address = ''
let count = 0
const acknowledged: string[] = []
let onAcknowledged = () => {}

beforeAll(async () => {
  server = await startRawServer({
    onRequest: (socket) => {
      count += 1
      const id = `vendor-${count}`
      const answer = () => socket.write(reply('200 OK', JSON.stringify({ id })))
      // Some receipts come before the answer, and some after it.
      if (count % 3 === 0) void post(id).then(answer)
      else {
        answer()
        setTimeout(() => void post(id), count % 7)
      }
    },
  })
})
afterAll(() => server.close())

async function post(id: string): Promise<void> {
  try {
    const body = JSON.stringify({ id, status: 'DELIVRD' })
    const { status } = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    if (status !== 200) return
    acknowledged.push(id)
    onAcknowledged()
  } catch {
    // It was killed before it answered: nobody was told anything.
  }
}

it(
  'keeps every receipt that was answered with success, and matches it, whenever it is killed',
  async () => {
    const setUp = await openTestWorkbench({ host: 'headless' })
    const settings = {
      endpoint: `http://127.0.0.1:${server.port}/`,
      reading: { messageId: 'id', errorCode: '', errorText: '' },
      callbacks: testMapping,
    }
    const provider = providerInput(settings)
    await setUp.call('providers.save', provider)
    await setUp.workbench.close()
    for (let round = 0; round < rounds; round += 1)
      await takeUntilKilled(setUp.folder, provider.id, 1 + ((round * 17) % 90))
    await setUp.reopen()
    const kept = keptIds(setUp)
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
    const messages = await settled(setUp)
    const known = messages.filter(({ providerMessageId: id }) => id !== null && acknowledged.includes(id))
    expect(known.length).toBeGreaterThan(rounds)
    for (const message of known) expect(message).toMatchObject({ state: 'delivered' })
    const delivered = messages.filter(({ state }) => state === 'delivered').length
    expect(await rawFigures(setUp, 'provider', provider.id)).toMatchObject({ delivered, undelivered: 0 })
    withStore(setUp.folder, (db) => expect(keptFigures(db)).toEqual(figuresInLog(db)))
    await setUp.close()
  },
  60_000 + rounds * 10_000,
)

/** Kills it in the middle of its work, once so many receipts were answered with success. */
async function takeUntilKilled(folder: string, providerId: string, most: number): Promise<void> {
  const { child, lines } = startChild('../../callbacks/fixtures/taking.ts', folder, providerId)
  const exited = once(child, 'exit')
  const until = acknowledged.length + most
  onAcknowledged = () => {
    if (acknowledged.length >= until) child.kill('SIGKILL')
  }
  for await (const line of lines) address = line
  await exited
}

/** The vendor's ids in all requests that were kept, of the file itself. */
function keptIds(test: TestWorkbench): Set<string> {
  const db = new Sqlite(storeFile(test.folder), { readonly: true })
  const bodies = db.prepare('SELECT CAST(body AS TEXT) FROM callbacks').pluck().all() as string[]
  db.close()
  return new Set(bodies.map((body) => (JSON.parse(body) as { id: string }).id))
}

/** All messages, once what was kept is matched: no more of them are delivered than the moment before. */
async function settled(test: TestWorkbench): Promise<MessageSummary[]> {
  for (;;) {
    const messages = await listMessages(test)
    const late = messages.filter(
      ({ state, providerMessageId: id }) => state === 'sent' && id !== null && acknowledged.includes(id),
    )
    if (late.length === 0) return messages
    await new Promise(setImmediate)
  }
}

async function listMessages(test: TestWorkbench): Promise<MessageSummary[]> {
  const all: MessageSummary[] = []
  for (;;) {
    const before = all.at(-1)?.id ?? null
    const page = await test.call('messages.list', { providerId: null, before, limit: 500 })
    all.push(...page.messages)
    if (!page.more) return all
  }
}
