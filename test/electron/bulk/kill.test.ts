import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { defaultPolicies } from '#shared/group.ts'
import type { MessageSummary } from '#shared/message.ts'
import { bulkFile, bulkSetup, bulkWhen, isOver, loadBulk } from '../../helpers/bulk.ts'
import { providerInput } from '../../helpers/messages.ts'
import { newId } from '../../helpers/new-id.ts'
import { reply, startRawServer, type RawServer } from '../../helpers/raw-server.ts'
import { formRows } from '../../helpers/settings.ts'
import { withStore } from '../../helpers/log-rows.ts'
import { figuresInLog, keptFigures } from '../../helpers/stats-tables.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'
import { startChild } from '../db/fixtures/child.ts'

const rounds = process.env['SOAK'] ? 200 : 6
/** More than all rounds can use up. */
const rows = rounds * 50 + 60

/** A server that counts the messages by their ids. */
interface Member {
  server: RawServer
  received: Map<string, number>
}

let down: Member
let good: Member
let requests = 0
let onRequest = () => {}

async function startMember(status: string): Promise<Member> {
  const received = new Map<string, number>()
  const server = await startRawServer({
    onRequest: (socket, request) => {
      const id = /reference=([0-9a-f-]{36})/.exec(request)?.[1] ?? ''
      received.set(id, (received.get(id) ?? 0) + 1)
      requests += 1
      // Some answers come at once and some later, so that the kill meets messages at every point.
      setTimeout(() => socket.write(reply(status, '{}')), requests % 4)
      onRequest()
    },
  })
  return { server, received }
}

beforeAll(async () => {
  down = await startMember('503 Service Unavailable')
  good = await startMember('201 Created')
})
afterAll(async () => {
  await down.server.close()
  await good.server.close()
})

it(
  'goes on with a bulk test through a group, loses nothing and sends nothing twice, whenever it is killed',
  async () => {
    const parameters = formRows({ to: '$$To', text: '$$Body', reference: '$$MessageID' })
    const test = await openTestWorkbench({ host: 'headless' })
    const members = [down, good].map(({ server }) =>
      providerInput({ endpoint: `http://127.0.0.1:${server.port}/`, parameters, atOnce: 8 }),
    )
    for (const member of members) await test.call('providers.save', member)
    const id = newId()
    const policies = { ...defaultPolicies, breaker: false }
    const about = { id, name: 'Both', countries: [], notes: '', policies }
    await test.call('groups.save', { ...about, members: members.map((member) => member.id) })
    const job = await loadBulk(test, bulkSetup({ kind: 'group', id }), bulkFile(rows))
    await test.call('bulk.start', { id: job.id })
    await test.workbench.close()
    for (let round = 0; round < rounds; round += 1) await goOnUntilKilled(test.folder, 1 + ((round * 7) % 29))
    await test.reopen()
    const over = await bulkWhen(test, job.id, isOver)
    const all = await listAll(test)
    const interrupted = check(all)
    expect(over).toMatchObject({ state: 'done', messages: rows, cancelled: 0, sending: 0 })
    expect(over.sent + over.failed).toBe(rows)
    expect(over.failed).toBe(interrupted)
    // Else no kill met a message on its way.
    expect(interrupted).toBeGreaterThan(0)
    expect(interrupted).toBeLessThan(rows / 2)
    withStore(test.folder, (db) => expect(keptFigures(db)).toEqual(figuresInLog(db)))
    await test.close()
  },
  60_000 + rounds * 10_000,
)

/** Kills the workbench in the middle of its work, once its providers were asked so many times. */
async function goOnUntilKilled(folder: string, count: number): Promise<void> {
  const until = requests + count
  const { child } = startChild('../../bulk/fixtures/going-on.ts', folder)
  const exited = once(child, 'exit')
  onRequest = () => {
    if (requests >= until) child.kill('SIGKILL')
  }
  await exited
  onRequest = () => {}
}

async function listAll(test: TestWorkbench): Promise<MessageSummary[]> {
  const all: MessageSummary[] = []
  for (;;) {
    const before = all.at(-1)?.id ?? null
    const page = await test.call('messages.list', { providerId: null, before, limit: 500 })
    all.push(...page.messages)
    if (!page.more) return all
  }
}

/** Answers how many messages were interrupted in all. */
function check(messages: MessageSummary[]): number {
  expect(messages).toHaveLength(rows)
  for (const { id, state, outcomeCode } of messages) {
    expect(down.received.get(id) ?? 0, id).toBeLessThanOrEqual(1)
    if (state === 'sent') expect(good.received.get(id), id).toBe(1)
    else expect({ state, outcomeCode }).toEqual({ state: 'failed', outcomeCode: 'interrupted' })
    expect(good.received.get(id) ?? 0, id).toBeLessThanOrEqual(1)
  }
  return messages.filter(({ state }) => state !== 'sent').length
}
