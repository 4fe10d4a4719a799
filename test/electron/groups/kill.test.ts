import { once } from 'node:events'
import { afterAll, expect, it } from 'vitest'
import { defaultPolicies } from '#shared/group.ts'
import type { MessageSummary } from '#shared/message.ts'
import { countingMember, listAll, type CountingMember } from '../../helpers/counting-member.ts'
import { newId } from '../../helpers/new-id.ts'
import { openTestWorkbench } from '../../helpers/workbench.ts'
import { startChild } from '../db/fixtures/child.ts'

const rounds = process.env['SOAK'] ? 200 : 4

let members: CountingMember[] = []
afterAll(() => Promise.all(members.map(({ server }) => server.close())))

it(
  'loses nothing of a group and sends nothing twice, whenever it is killed',
  async () => {
    const test = await openTestWorkbench()
    const down = await countingMember(test, '503 Service Unavailable')
    const lost = await countingMember(test, '500 Internal Server Error')
    const good = await countingMember(test, '201 Created')
    members = [down, lost, good]
    const id = newId()
    const policies = { ...defaultPolicies, breaker: false }
    const group = { id, name: 'Three', countries: [], notes: '', policies }
    await test.call('groups.save', { ...group, members: members.map((one) => one.id) })
    await test.workbench.close()
    const acknowledged: string[] = []
    let messages: MessageSummary[] = []
    for (let round = 0; round < rounds; round += 1) {
      acknowledged.push(...(await sendUntilKilled(test.folder, id, 1 + (round % 20) * 3)))
      // The log grows with each round, and reading all of it with each would take hours in the soak.
      if (round % 10 !== 9 && round !== rounds - 1) continue
      await test.reopen()
      messages = await listAll(test)
      check(messages, acknowledged)
      await test.workbench.close()
    }
    await test.reopen()
    const ended = messages.filter(({ state }) => state === 'failed')
    expect(acknowledged.length).toBeGreaterThan(rounds)
    expect(ended.length).toBeGreaterThan(0)
    const [summary] = await test.call('groups.list', undefined)
    const sent = messages.length - ended.length
    expect(summary?.counts).toEqual({ sent, delivered: 0, errors: ended.length })
    await chooseFor(ended)
    await test.close()

    /** Somebody says what became of it, or sends it once more; nothing of it goes out by itself. */
    async function chooseFor(failed: MessageSummary[]): Promise<void> {
      const first = failed.find(({ unknown }) => unknown)
      const second = failed.find((one) => one !== first)
      const before = requests()
      expect(await test.call('messages.settle', { id: first!.id, as: 'sent' })).toMatchObject({
        state: 'sent',
      })
      expect(requests()).toBe(before)
      const again = { ...second!, key: newId(), provider: { kind: 'group' as const, id }, runOf: second!.id }
      const { key, provider, to, country, text, test: isTest, runOf } = again
      const run = await test.call('messages.send', {
        key,
        provider,
        to,
        country,
        text,
        test: isTest,
        runOf,
        values: {},
      })
      expect(run).toMatchObject({ state: 'sent', attempts: 3, runOf: second!.id })
    }
  },
  rounds * 20_000,
)

const requests = () => members.reduce((sum, { received }) => sum + received.size, 0)

/** Kills the sender in the middle of its work, once it has acknowledged so many. */
async function sendUntilKilled(folder: string, group: string, count: number): Promise<string[]> {
  const { child, lines } = startChild('../../messages/fixtures/sending.ts', folder, group, 'group')
  const exited = once(child, 'exit')
  const acknowledged: string[] = []
  for await (const line of lines) {
    acknowledged.push(line)
    if (acknowledged.length === count) child.kill('SIGKILL')
  }
  await exited
  return acknowledged
}

function check(messages: MessageSummary[], acknowledged: string[]): void {
  const byId = new Map(messages.map((message) => [message.id, message]))
  for (const id of acknowledged) expect(byId.get(id), id).toMatchObject({ state: 'sent', attempts: 3 })
  for (const { received } of members)
    for (const [id, times] of received) {
      // Whatever reached a provider was written down first, and reached it once.
      expect(byId.has(id), id).toBe(true)
      expect(times, id).toBe(1)
    }
  for (const message of messages) {
    const { state, attempts, outcomeClass, outcomeCode } = message
    if (state === 'sent') continue
    // What was in flight is unknown; what was between two members ends as its last attempt did.
    const between = outcomeCode === 'service_unavailable' || outcomeCode === 'server_error'
    expect({ state, attempts, outcomeClass, outcomeCode }, message.id).toEqual({
      state: 'failed',
      attempts,
      outcomeClass: between && outcomeCode === 'service_unavailable' ? 'unavailable' : 'unknown',
      outcomeCode: between ? outcomeCode : 'interrupted',
    })
  }
}
