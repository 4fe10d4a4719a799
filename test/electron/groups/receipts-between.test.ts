import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../helpers/new-id.ts'
import { earlyFor, type Early } from '../../../electron/callbacks/matching/early.ts'
import { getMessage } from '../../../electron/db/messages.ts'
import { insertCallback } from '../../../electron/db/incoming/callbacks.ts'
import { openStore } from '../../../electron/db/store-handle.ts'
import { bulkFile, bulkSetup, bulkWhen, isOver, loadBulk } from '../../helpers/bulk.ts'
import { rawFigures } from '../../helpers/callbacks.ts'
import type { Member } from '../../helpers/group-desk.ts'
import { minute, openReceiptDesk, requests, type ReceiptDesk } from '../../helpers/receipt-desk.ts'

let desk: ReceiptDesk
let slow: Member
beforeEach(async () => {
  desk = await openReceiptDesk()
  await desk.test.call('listener.start', undefined)
  // Its only turn for a while is taken.
  slow = await desk.member('Slow', '201 Created', { ratePerSecond: 0.01 })
  await desk.send((await desk.group([slow])).id)
})
afterEach(() => desk.close())

const delivered = (id: string) => [
  { event: 'delivered', data: [{ ts: 1_700_000_000, meta: id, description: 'x' }] },
]
const failed = (id: string) => [
  { event: 'failed', data: [{ ts: 1_700_000_000, meta: id, description: 'x', code: '906' }] },
]

/** To the member's address, as its vendor does; answers with what came of it. */
async function post(member: Member, body: unknown): Promise<string | null> {
  const { local } = await desk.test.call('callbacks.address', { providerId: member.id })
  const heard = new Promise<string | null>((resolve) => {
    const stop = desk.test.workbench.events.subscribe((event) => {
      if (event.name !== 'callback.received') return
      stop()
      resolve(event.payload.effect)
    })
  })
  const headers = { 'content-type': 'application/json' }
  expect((await fetch(local, { method: 'POST', headers, body: JSON.stringify(body) })).status).toBe(200)
  return heard
}

/** A message that waits for the slow member’s turn, after these. */
async function waitsAfter(members: Member[], noReceiptMinutes: number | null = null) {
  const group = await desk.group([...members, slow], { noReceiptMinutes })
  const key = newId()
  const sending = desk.send(group.id, { key })
  await members[0]?.state.asked(1)
  if (noReceiptMinutes !== null) {
    await sending
    await desk.pass(noReceiptMinutes * minute)
    await members[1]?.state.asked(1)
  }
  await answered(key, members.length)
  return { id: key, group, sending }
}

/** Resolves once so many attempts have their answers. */
async function answered(id: string, count: number): Promise<void> {
  for (;;) {
    const { story } = await desk.test.call('messages.get', { id })
    if (story.filter(({ finishedAt }) => finishedAt !== null).length === count) return
    await desk.clock.settle()
  }
}

describe('a receipt that comes while the next member’s turn is awaited', () => {
  it('keeps the message from that member where the one before has it after all', async () => {
    const lost = await desk.member('Lost', '500 x')
    const { id, group, sending } = await waitsAfter([lost])
    expect(await post(lost, delivered(id))).toBe('waiting')
    await desk.pass(10 * minute)
    const story = await sending
    expect(story).toMatchObject({ state: 'delivered', attempts: 1, providerName: 'Lost' })
    expect(story.story[0]?.after).toEqual({ stopped: 'receipt', breaker: 'closed' })
    expect(requests(lost, slow)).toEqual([1, 1])
    const counted = { sent: 1, delivered: 1, undelivered: 0, errors: 0 }
    expect(await rawFigures(desk.test, 'group', group.id)).toMatchObject(counted)
    expect(await rawFigures(desk.test, 'provider', lost.id)).toMatchObject(counted)
  })

  it('counts for one that waited in vain for its receipt before, too', async () => {
    const [one, down] = [await desk.member('One'), await desk.member('Down', '503 x')]
    const { id } = await waitsAfter([one, down], 1)
    expect(await post(one, delivered(id))).toBe('waiting')
    await desk.pass(10 * minute)
    const { attempts } = await desk.when(id, 'delivered')
    expect([attempts, ...requests(one, down, slow)]).toEqual([2, 1, 1, 1])
  })

  it('lets it go on where it says that the message did not arrive', async () => {
    const lost = await desk.member('Lost', '500 x')
    const { id, sending } = await waitsAfter([lost])
    expect(await post(lost, failed(id))).toBe('waiting')
    await desk.pass(10 * minute)
    expect(await sending).toMatchObject({ state: 'sent', attempts: 2 })
    expect(requests(lost, slow)).toEqual([1, 2])
  })

  it('is looked for among what is kept and not read yet', async () => {
    const lost = await desk.member('Lost', '500 x')
    const { id, sending } = await waitsAfter([lost])
    expect(keepUnread(lost.id, id, delivered(id))).toBe('unread')
    await desk.pass(10 * minute)
    expect(await sending).toMatchObject({ state: 'delivered', attempts: 1 })
    expect(requests(lost, slow)).toEqual([1, 1])
  })

  it('keeps a message from it that went back to its queue meanwhile', async () => {
    const lost = await desk.member('Lost', '500 x')
    const { id: group } = await desk.group([lost, slow])
    const { id: job } = await loadBulk(desk.test, bulkSetup({ kind: 'group', id: group }), bulkFile(1))
    await desk.test.call('bulk.start', { id: job })
    await lost.state.asked(1)
    const page = { providerId: lost.id, before: null, limit: 1 }
    const id = (await desk.test.call('messages.list', page)).messages[0]!.id
    await answered(id, 1)
    await desk.test.call('bulk.pause', { id: job })
    await desk.when(id, 'queued')
    expect(await post(lost, delivered(id))).toBe('waiting')
    await desk.test.call('bulk.start', { id: job })
    await desk.pass(10 * minute)
    expect(await bulkWhen(desk.test, job, isOver)).toMatchObject({ failed: 0, sent: 1 })
    expect(await desk.when(id, 'delivered')).toMatchObject({ attempts: 1 })
    expect(requests(lost, slow)).toEqual([1, 1])
  })
})

/** As if it came in this moment: nobody has been told of it. Answers with what it says to an attempt that would begin now. */
function keepUnread(providerId: string, messageId: string, body: unknown): Early {
  const other = openStore(desk.test.folder, { log: desk.test.workbench.log, now: desk.time })
  other.store.writeNow((db) =>
    insertCallback(db, {
      id: newId(),
      received_at: desk.time(),
      provider_id: providerId,
      origin: 'network',
      simulated: 0,
      method: 'POST',
      target: '/c/…',
      remote: '127.0.0.1',
      signature: 'unchecked',
      status: 200,
      trouble: null,
      replay_of: null,
      answer: '{}',
      headers: '[["content-type","application/json"]]',
      body: Buffer.from(JSON.stringify(body)),
    }),
  )
  const early = other.store.read((db) => earlyFor(db, getMessage(db, messageId)?.seq ?? 0, messageId))
  void other.close()
  return early
}
