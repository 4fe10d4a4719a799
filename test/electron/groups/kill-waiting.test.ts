import { once } from 'node:events'
import { afterAll, expect, it } from 'vitest'
import { countingMember, listAll, type CountingMember } from '../../helpers/counting-member.ts'
import { newId } from '../../helpers/new-id.ts'
import { sendInput } from '../../helpers/messages.ts'
import { withStore } from '../../helpers/log-rows.ts'
import { figuresInLog, keptFigures } from '../../helpers/stats-tables.ts'
import { openTestWorkbench } from '../../helpers/workbench.ts'
import { defaultPolicies } from '#shared/group.ts'
import { startChild } from '../db/fixtures/child.ts'

const rounds = process.env['SOAK'] ? 200 : 4
/** More than all rounds can use up. */
const sent = rounds * 60
const later = 61_000

let heard = 0
let onRequest = () => {}
const count = () => {
  heard += 1
  onRequest()
}
let members: CountingMember[] = []
afterAll(() => Promise.all(members.map(({ server }) => server.close())))

it(
  'sends on what had no receipt, loses nothing and sends nothing twice, whenever it is killed',
  async () => {
    const test = await openTestWorkbench()
    const first = await countingMember(test, '201 Created', count)
    const down = await countingMember(test, '503 Service Unavailable', count)
    const last = await countingMember(test, '201 Created', count)
    members = [first, down, last]
    const id = newId()
    const policies = { ...defaultPolicies, breaker: false, noReceiptMinutes: 1 }
    const group = { id, name: 'Waits', countries: [], notes: '', policies }
    await test.call('groups.save', { ...group, members: members.map((one) => one.id) })
    for (let index = 0; index < sent; index += 1)
      await test.call('messages.send', {
        ...sendInput(id, { test: false }),
        provider: { kind: 'group', id },
      })
    await test.workbench.close()
    for (let round = 0; round < rounds; round += 1)
      await goOnUntilKilled(test.folder, 10 + ((round * 13) % 60))
    await test.reopen()
    const messages = await listAll(test)
    expect(messages).toHaveLength(sent)
    let [interrupted, moved] = [0, 0]
    for (const message of messages) {
      for (const { received } of members)
        expect(received.get(message.id) ?? 0, message.id).toBeLessThanOrEqual(1)
      expect(first.received.get(message.id)).toBe(1)
      // As it was, or taken by the last one, or of the one that was in flight nobody knows.
      const { state, attempts, outcomeCode } = message
      if (state === 'undelivered') {
        expect(outcomeCode).toBe('interrupted')
        interrupted += 1
      } else {
        expect(state).toBe('sent')
        if (last.received.has(message.id)) moved += 1
        expect(attempts).toBe(last.received.has(message.id) ? 3 : attempts)
      }
    }
    // Else no kill met a message on its way, or none got through.
    expect(interrupted).toBeGreaterThan(0)
    expect(moved).toBeGreaterThan(0)
    const [summary] = await test.call('groups.list', undefined)
    expect(summary?.counts).toEqual({ sent, delivered: 0, errors: interrupted })
    withStore(test.folder, (db) => expect(keptFigures(db)).toEqual(figuresInLog(db)))
    await test.close()
  },
  60_000 + rounds * 20_000,
)

/** Kills the workbench while messages go on, once its providers were asked so many times. */
async function goOnUntilKilled(folder: string, more: number): Promise<void> {
  const until = heard + more
  const { child } = startChild('../../groups/fixtures/waiting.ts', folder, String(later))
  const exited = once(child, 'exit')
  onRequest = () => {
    if (heard >= until) child.kill('SIGKILL')
  }
  await exited
  onRequest = () => {}
}
