import { afterEach, beforeEach, expect, describe, it } from 'vitest'
import { openStore } from '../../../electron/db/store-handle.ts'
import { receiptCame } from '../../../electron/messages/receipt-waits.ts'
import { minute, openReceiptDesk, requests, type ReceiptDesk } from '../../helpers/receipt-desk.ts'

let desk: ReceiptDesk
beforeEach(async () => {
  desk = await openReceiptDesk()
})
afterEach(() => desk.close())

const isSent = (id: string, attempts: number) =>
  expect(desk.test.call('messages.get', { id })).resolves.toMatchObject({ state: 'sent', attempts })

describe('nothing is sent a second time', () => {
  /** In the transaction of whoever keeps the receipt. */
  function receipt(id: string): boolean {
    const store = openStore(desk.test.folder, { log: desk.test.workbench.log, now: desk.time })
    const came = store.store.writeNow((db) => receiptCame(db, id, desk.time()))
    void store.close()
    return came
  }

  it('once a receipt has come', async () => {
    const { members, id } = await desk.waiting('One', 'Two')
    expect(receipt(id)).toBe(true)
    expect(receipt(id)).toBe(false)
    await desk.pass(60 * minute)
    expect(requests(...members)).toEqual([1, 0])
    await isSent(id, 1)
  })

  it('where a receipt comes while the next member’s turn is awaited', async () => {
    const one = await desk.member('One')
    const slow = await desk.member('Slow', '201 Created', { ratePerSecond: 0.01 })
    const { id: group } = await desk.group([one, slow], { noReceiptMinutes: 1 })
    const before = await desk.group([slow])
    await desk.send(before.id)
    const { id } = await desk.send(group)
    await desk.pass(minute)
    expect(receipt(id)).toBe(true)
    await desk.pass(10 * minute)
    expect(requests(one, slow)).toEqual([1, 1])
    await isSent(id, 1)
  })

  it('where the group has the wait switched off meanwhile, or is deleted', async () => {
    const off = await desk.waiting('One', 'Two')
    const deleted = await desk.waiting('Three', 'Four')
    await desk.test.call('groups.save', {
      ...off.group,
      policies: { ...off.group.policies, noReceiptMinutes: null },
    })
    await desk.test.call('groups.delete', { id: deleted.group.id })
    await desk.pass(5 * minute)
    await desk.clock.settle()
    const ends = await Promise.all(
      [off.id, deleted.id].map(async (id) => {
        const { state, story } = await desk.test.call('messages.get', { id })
        return [state, story[0]?.wait?.ended?.how]
      }),
    )
    expect(ends).toEqual([
      ['sent', 'switched_off'],
      ['sent', 'group_deleted'],
    ])
    expect(requests(...off.members, ...deleted.members)).toEqual([1, 0, 1, 0])
  })

  it('where somebody ends the wait', async () => {
    const { members, id } = await desk.waiting('One', 'Two')
    await desk.test.call('messages.cancel', { key: id })
    await desk.pass(5 * minute)
    expect(requests(...members)).toEqual([1, 0])
    const { state, story } = await desk.test.call('messages.get', { id })
    expect([state, story[0]?.wait?.ended?.how]).toEqual(['sent', 'stopped'])
  })

  it('of a message whose provider is deleted, as its receipt cannot be known any more', async () => {
    const down = await desk.member('Down', '503 x')
    const [one, two] = [await desk.member('One'), await desk.member('Two')]
    const { id: group } = await desk.group([down, one, two], { noReceiptMinutes: 5 })
    const { id } = await desk.send(group)
    await desk.test.call('providers.delete', { id: one.id, name: 'One' })
    await desk.pass(5 * minute)
    await desk.clock.settle()
    expect(requests(one, two)).toEqual([1, 0])
    const { story } = await desk.test.call('messages.get', { id })
    expect(story[1]?.wait?.ended?.how).toBe('provider_deleted')
  })
})

describe('after a restart', () => {
  it('it goes on when its time comes, and at once where that is past', async () => {
    const { members, id } = await desk.waiting('One', 'Two')
    await desk.test.reopen()
    await desk.pass(4 * minute)
    expect(requests(...members)).toEqual([1, 0])
    await desk.test.workbench.close()
    desk.jump(10 * minute)
    await desk.test.reopen()
    await desk.clock.advance(0)
    await members[1]?.state.asked(1)
    expect(await desk.when(id, 'sent')).toMatchObject({ attempts: 2, providerName: 'Two' })
  })

  it('it stays as it is where its time came more than a day ago', async () => {
    const { members, id } = await desk.waiting('One', 'Two')
    await desk.test.workbench.close()
    desk.jump(25 * 60 * minute)
    await desk.test.reopen()
    await desk.clock.advance(0)
    expect(requests(...members)).toEqual([1, 0])
    const { state, story } = await desk.test.call('messages.get', { id })
    expect([state, story[0]?.wait?.ended?.how]).toEqual(['sent', 'too_late'])
  })
})
