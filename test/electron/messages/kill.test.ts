import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { MessageSummary } from '#shared/message.ts'
import { providerInput } from '../../helpers/messages.ts'
import { reply, startRawServer, type RawServer } from '../../helpers/raw-server.ts'
import { formRows } from '../../helpers/settings.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'
import { startChild } from '../db/fixtures/child.ts'

const rounds = process.env['SOAK'] ? 200 : 8

let server: RawServer
const received = new Map<string, number>()

beforeAll(async () => {
  server = await startRawServer({
    onRequest: (socket, request) => {
      const id = /reference=([0-9a-f-]{36})/.exec(request)?.[1] ?? ''
      received.set(id, (received.get(id) ?? 0) + 1)
      // Some answers come at once and some later, so that the kill meets attempts at every point.
      setTimeout(() => socket.write(reply('201 Created', '{}')), received.size % 4)
    },
  })
})
afterAll(() => server.close())

it(
  'loses nothing and sends nothing twice, whenever it is killed',
  async () => {
    const parameters = formRows({ to: '$$To', text: '$$Body', reference: '$$MessageID' })
    const provider = providerInput({ endpoint: `http://127.0.0.1:${server.port}/`, parameters })
    const setUp = await openTestWorkbench()
    await setUp.call('providers.save', provider)
    await setUp.workbench.close()
    const acknowledged: string[] = []
    let interrupted = 0
    for (let round = 0; round < rounds; round += 1) {
      acknowledged.push(...(await sendUntilKilled(setUp.folder, provider.id, 1 + (round % 40) * 3)))
      await setUp.reopen()
      interrupted = check(await listAll(setUp), acknowledged)
      expect(await setUp.call('stats.check', undefined)).toMatchObject({ state: 'done', differences: 0 })
      await setUp.workbench.close()
    }
    await setUp.reopen()
    await setUp.close()
    expect(acknowledged.length).toBeGreaterThan(rounds)
    expect(interrupted).toBeGreaterThan(0)
  },
  rounds * 10_000,
)

/** Kills the sender in the middle of its work, once it has acknowledged so many. */
async function sendUntilKilled(folder: string, providerId: string, count: number): Promise<string[]> {
  const { child, lines } = startChild('../../messages/fixtures/sending.ts', folder, providerId)
  const exited = once(child, 'exit')
  const acknowledged: string[] = []
  for await (const line of lines) {
    acknowledged.push(line)
    if (acknowledged.length === count) child.kill('SIGKILL')
  }
  await exited
  return acknowledged
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
function check(messages: MessageSummary[], acknowledged: string[]): number {
  const byId = new Map(messages.map((message) => [message.id, message]))
  for (const id of acknowledged)
    expect(byId.get(id)).toMatchObject({ state: 'sent', outcomeClass: 'accepted' })
  // Whatever reached the provider was written down first, and reached it once.
  for (const [id, times] of received) {
    expect(byId.has(id), id).toBe(true)
    expect(times, id).toBe(1)
  }
  const rest = messages.filter(({ state }) => state !== 'sent')
  for (const message of rest) expect(message).toMatchObject({ state: 'failed', outcomeCode: 'interrupted' })
  return rest.length
}
