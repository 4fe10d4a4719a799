import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MessageState, MessageStory } from '#shared/message.ts'
import { openStore } from '../../../electron/db/store-handle.ts'
import { receiptCame } from '../../../electron/messages/receipt-waits.ts'
import { openGroupDesk, type GroupDesk, type Member } from '../../helpers/group-desk.ts'
import { handClock, type HandClock } from '../../helpers/hand-clock.ts'

const minute = 60_000

let desk: GroupDesk
let clock: HandClock
beforeEach(async () => {
  clock = handClock()
  desk = await openGroupDesk({ clock, host: 'headless' })
})
afterEach(() => desk.close())

/** Lets time pass on both clocks. */
async function pass(ms: number): Promise<void> {
  desk.now += ms
  await clock.advance(ms)
}

/** Resolves with the message once it is in that state. */
function when(id: string, state: MessageState): Promise<MessageStory> {
  return new Promise((resolve) => {
    const look = async () => {
      const story = await desk.test.call('messages.get', { id })
      if (story.state !== state) return
      stop()
      resolve(story)
    }
    const stop = desk.test.workbench.events.subscribe((event) => {
      if (event.name === 'message.changed' && event.payload.id === id) void look()
    })
    void look()
  })
}

const requests = (...members: Member[]) => members.map(({ state }) => state.requests)
const isSent = (id: string, attempts: number) =>
  expect(desk.test.call('messages.get', { id })).resolves.toMatchObject({ state: 'sent', attempts })

/** Two members that accept, in a group that waits five minutes, and a message that the first one took. */
async function waiting(names = ['One', 'Two']) {
  const members: Member[] = []
  for (const name of names) members.push(await desk.member(name))
  const group = await desk.group(members, { noReceiptMinutes: 5 })
  const { id } = await desk.send(group.id)
  return { members, group, id }
}

describe('a message of a group that waits for receipts', () => {
  it('goes on when none came in time, once, and says why', async () => {
    const { members, id } = await waiting()
    const [one, two] = members as [Member, Member]
    const at = desk.now
    await pass(5 * minute - 1)
    expect(requests(one, two)).toEqual([1, 0])
    const going = new Promise<void>((resolve) => {
      const stop = desk.test.workbench.events.subscribe((event) => {
        if (event.name !== 'message.changed' || event.payload.attempts !== 2) return
        stop()
        expect(event.payload).toMatchObject({ state: 'sending', mayArriveTwice: true })
        resolve()
      })
    })
    await pass(1)
    await going
    const story = await when(id, 'sent')
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
    const { members, group, id } = await waiting()
    await pass(5 * minute)
    await members[1]?.state.asked(1)
    await when(id, 'sent')
    await pass(5 * minute)
    const story = await when(id, 'undelivered')
    expect(story).toMatchObject({ attempts: 2, outcomeClass: 'accepted', cost: null })
    expect(story.story.map(({ wait }) => wait?.ended?.how)).toEqual(['no_receipt', 'no_receipt'])
    await pass(60 * minute)
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
    const { members, group, id } = await waiting()
    members[1]!.state.answer = '503 x'
    await pass(5 * minute)
    const story = await when(id, 'undelivered')
    expect(story).toMatchObject({ attempts: 2, outcomeClass: 'unavailable' })
    const groups = await desk.test.call('groups.list', undefined)
    expect(groups.find((one) => one.id === group.id)?.counts).toEqual({ sent: 1, delivered: 0, errors: 1 })
  })

  it('goes past a member that does not take it, and never to one twice', async () => {
    const { members, id } = await waiting(['One', 'Two', 'Three'])
    members[1]!.state.answer = '503 x'
    await pass(5 * minute)
    await members[2]?.state.asked(1)
    expect(await when(id, 'sent')).toMatchObject({ attempts: 3, providerName: 'Three', mayArriveTwice: true })
    await pass(5 * minute)
    await when(id, 'undelivered')
    expect(requests(...members)).toEqual([1, 1, 1])
  })

  it('asks to be paid by both that took it', async () => {
    const price = { perSegment: 0.1, currency: 'EUR' }
    const [one, two] = [
      await desk.member('One', '201 x', { price }),
      await desk.member('Two', '201 x', { price }),
    ]
    const { id: group } = await desk.group([one, two], { noReceiptMinutes: 1 })
    const { id } = await desk.send(group)
    await pass(minute)
    await two.state.asked(1)
    expect(await when(id, 'sent')).toMatchObject({ cost: { amount: 0.2, currency: 'EUR' } })
  })
})

describe('nothing is sent a second time', () => {
  /** In the transaction of whoever keeps the receipt. */
  function receipt(id: string): boolean {
    const store = openStore(desk.test.folder, { log: desk.test.workbench.log, now: () => desk.now })
    const came = store.store.writeNow((db) => receiptCame(db, id, desk.now))
    void store.close()
    return came
  }

  it('once a receipt has come', async () => {
    const { members, id } = await waiting()
    expect(receipt(id)).toBe(true)
    expect(receipt(id)).toBe(false)
    await pass(60 * minute)
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
    await pass(minute)
    expect(receipt(id)).toBe(true)
    await pass(10 * minute)
    expect(requests(one, slow)).toEqual([1, 1])
    await isSent(id, 1)
  })

  it('where the group has the wait switched off meanwhile, or is deleted', async () => {
    const off = await waiting()
    const deleted = await waiting(['Three', 'Four'])
    await desk.test.call('groups.save', {
      ...off.group,
      policies: { ...off.group.policies, noReceiptMinutes: null },
    })
    await desk.test.call('groups.delete', { id: deleted.group.id })
    await pass(5 * minute)
    await clock.settle()
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
    const { members, id } = await waiting()
    await desk.test.call('messages.cancel', { key: id })
    await pass(5 * minute)
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
    await pass(5 * minute)
    await clock.settle()
    expect(requests(one, two)).toEqual([1, 0])
    const { story } = await desk.test.call('messages.get', { id })
    expect(story[1]?.wait?.ended?.how).toBe('provider_deleted')
  })
})

describe('after a restart', () => {
  it('it goes on when its time comes, and at once where that is past', async () => {
    const { members, id } = await waiting()
    await desk.test.reopen()
    await pass(4 * minute)
    expect(requests(...members)).toEqual([1, 0])
    await desk.test.workbench.close()
    desk.now += 10 * minute
    await desk.test.reopen()
    await clock.advance(0)
    await members[1]?.state.asked(1)
    expect(await when(id, 'sent')).toMatchObject({ attempts: 2, providerName: 'Two' })
  })

  it('it stays as it is where its time came more than a day ago', async () => {
    const { members, id } = await waiting()
    await desk.test.workbench.close()
    desk.now += 25 * 60 * minute
    await desk.test.reopen()
    await clock.advance(0)
    expect(requests(...members)).toEqual([1, 0])
    const { state, story } = await desk.test.call('messages.get', { id })
    expect([state, story[0]?.wait?.ended?.how]).toEqual(['sent', 'too_late'])
  })
})
