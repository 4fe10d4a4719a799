import { afterEach, beforeEach, expect, describe, it } from 'vitest'
import { bulkFile, bulkSetup, bulkWhen, isOver, loadBulk } from '../../helpers/bulk.ts'
import type { Member } from '../../helpers/group-desk.ts'
import { minute, openReceiptDesk, requests, type ReceiptDesk } from '../../helpers/receipt-desk.ts'

let desk: ReceiptDesk
beforeEach(async () => {
  desk = await openReceiptDesk()
})
afterEach(() => desk.close())

describe('a message of a group that waits for receipts', () => {
  it('goes on when none came in time, once, and says why', async () => {
    const { members, id } = await desk.waiting('One', 'Two')
    const [one, two] = members as [Member, Member]
    const at = desk.time()
    await desk.pass(5 * minute - 1)
    expect(requests(one, two)).toEqual([1, 0])
    const going = new Promise<void>((resolve) => {
      const stop = desk.test.workbench.events.subscribe((event) => {
        if (event.name !== 'message.changed' || event.payload.attempts !== 2) return
        stop()
        expect(event.payload).toMatchObject({ state: 'sending', mayArriveTwice: true })
        resolve()
      })
    })
    await desk.pass(1)
    await going
    const story = await desk.when(id, 'sent')
    expect(story).toMatchObject({ attempts: 2, providerName: 'Two', mayArriveTwice: true })
    expect(story.story[0]).toMatchObject({
      wait: { minutes: 5, until: at + 5 * minute, ended: { how: 'no_receipt', at: at + 5 * minute } },
    })
    expect(story.story[1]).toMatchObject({
      why: { mayArriveTwice: true, noReceipt: { providerId: one.id, minutes: 5 }, skipped: [] },
      wait: { minutes: 5, until: at + 10 * minute, ended: null },
    })
    expect(requests(one, two)).toEqual([1, 1])
  })

  it('ends undelivered after the last member, and counts once as sent', async () => {
    const { members, group, id } = await desk.waiting('One', 'Two')
    await desk.pass(5 * minute)
    await members[1]?.state.asked(1)
    await desk.when(id, 'sent')
    await desk.pass(5 * minute)
    const story = await desk.when(id, 'undelivered')
    expect(story).toMatchObject({ attempts: 2, outcomeClass: 'accepted', cost: null })
    expect(story.story.map(({ wait }) => wait?.ended?.how)).toEqual(['no_receipt', 'no_receipt'])
    await desk.pass(60 * minute)
    expect(requests(...members)).toEqual([1, 1])
    const groups = await desk.test.call('groups.list', undefined)
    expect(groups.find((one) => one.id === group.id)?.counts).toEqual({ sent: 1, delivered: 0, errors: 1 })
    expect(await desk.test.call('messages.list', { providerId: null, before: null, limit: 9 })).toMatchObject(
      {
        messages: [{ id, state: 'undelivered' }],
      },
    )
  })

  it('ends undelivered where the next member does not take it', async () => {
    const { members, group, id } = await desk.waiting('One', 'Two')
    members[1]!.state.answer = '503 x'
    await desk.pass(5 * minute)
    const story = await desk.when(id, 'undelivered')
    expect(story).toMatchObject({ attempts: 2, outcomeClass: 'unavailable' })
    const groups = await desk.test.call('groups.list', undefined)
    expect(groups.find((one) => one.id === group.id)?.counts).toEqual({ sent: 1, delivered: 0, errors: 1 })
  })

  it('goes past a member that does not take it, and never to one twice', async () => {
    const { members, id } = await desk.waiting('One', 'Two', 'Three')
    members[1]!.state.answer = '503 x'
    await desk.pass(5 * minute)
    await members[2]?.state.asked(1)
    expect(await desk.when(id, 'sent')).toMatchObject({
      attempts: 3,
      providerName: 'Three',
      mayArriveTwice: true,
    })
    await desk.pass(5 * minute)
    await desk.when(id, 'undelivered')
    expect(requests(...members)).toEqual([1, 1, 1])
  })

  it('is one message of its bulk test, which is counted anew as it ends otherwise', async () => {
    const [one, two] = [await desk.member('One'), await desk.member('Two')]
    const { id: group } = await desk.group([one, two], { noReceiptMinutes: 1 })
    const { test } = desk
    const { id } = await loadBulk(test, bulkSetup({ kind: 'group', id: group }), bulkFile(3))
    expect(await test.call('groups.uses', { id: group })).toEqual({ bulk: ['Trial'], waiting: 0 })
    await test.call('bulk.start', { id })
    expect(await bulkWhen(test, id, isOver)).toMatchObject({ sent: 3, failed: 0 })
    expect(await test.call('groups.uses', { id: group })).toEqual({ bulk: [], waiting: 3 })
    await desk.pass(minute)
    await two.state.asked(3)
    const { messages } = await test.call('messages.list', { providerId: null, before: null, limit: 9 })
    for (const message of messages) await desk.when(message.id, 'sent')
    expect(await test.call('bulk.get', { id })).toMatchObject({ sent: 3, failed: 0 })
    await desk.pass(minute)
    for (const message of messages) await desk.when(message.id, 'undelivered')
    expect(await test.call('bulk.get', { id })).toMatchObject({
      sent: 0,
      failed: 3,
      failures: [{ state: 'undelivered', code: 'accepted', count: 3 }],
    })
    expect(requests(one, two)).toEqual([3, 3])
  })

  it('asks to be paid by both that took it', async () => {
    const price = { perSegment: 0.1, currency: 'EUR' }
    const [one, two] = [
      await desk.member('One', '201 x', { price }),
      await desk.member('Two', '201 x', { price }),
    ]
    const { id: group } = await desk.group([one, two], { noReceiptMinutes: 1 })
    const { id } = await desk.send(group)
    await desk.pass(minute)
    await two.state.asked(1)
    expect(await desk.when(id, 'sent')).toMatchObject({ cost: { amount: 0.2, currency: 'EUR' } })
  })
})
