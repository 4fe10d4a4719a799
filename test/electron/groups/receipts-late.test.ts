import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rawFigures } from '../../helpers/callbacks.ts'
import type { Member } from '../../helpers/group-desk.ts'
import { minute, openReceiptDesk, type ReceiptDesk } from '../../helpers/receipt-desk.ts'

let desk: ReceiptDesk
beforeEach(async () => {
  desk = await openReceiptDesk()
})
afterEach(() => desk.close())

/** The platform's JSON at a member's address; answers with what came of it. */
async function receipt(member: Member, id: string, event: 'delivered' | 'failed') {
  const record = { ts: 1_700_000_000, meta: id, description: 'As the vendor says', code: '906' }
  const { effect } = await desk.test.call('callbacks.craft', {
    providerId: member.id,
    method: 'POST',
    query: '',
    headers: [],
    body: JSON.stringify([{ event, data: [record] }]),
  })
  return effect
}

const figures = async (of: 'group' | 'provider', id: string) => {
  const { sent, delivered, undelivered, errors } = await rawFigures(desk.test, of, id)
  return { sent, delivered, undelivered, errors }
}
const undelivered = { sent: 1, delivered: 0, undelivered: 1, errors: 1 }
const delivered = { sent: 1, delivered: 1, undelivered: 0, errors: 0 }

describe('a message that ended undelivered because no receipt came', () => {
  it('is delivered by one that comes late, and its figures are corrected', async () => {
    const { members, group, id } = await desk.waiting('One')
    await desk.pass(5 * minute)
    await desk.when(id, 'undelivered')
    expect(await figures('group', group.id)).toEqual(undelivered)
    expect(await receipt(members[0]!, id, 'delivered')).toBe('counted')
    expect(await desk.test.call('messages.get', { id })).toMatchObject({
      state: 'delivered',
      mayArriveTwice: false,
    })
    expect(await figures('group', group.id)).toEqual(delivered)
    expect(await figures('provider', members[0]!.id)).toEqual(delivered)
  })

  it('stays so by a vendor’s word that it did not arrive, and counts once', async () => {
    const { members, group, id } = await desk.waiting('One')
    await desk.pass(5 * minute)
    await desk.when(id, 'undelivered')
    expect(await receipt(members[0]!, id, 'failed')).toBe('counted')
    expect(await receipt(members[0]!, id, 'delivered')).toBe('conflict')
    expect(await figures('group', group.id)).toEqual(undelivered)
    expect(await figures('provider', members[0]!.id)).toEqual(undelivered)
  })

  it('and that the next member refused is delivered by the first one’s late receipt', async () => {
    const { members, group, id } = await desk.waiting('One', 'Two')
    members[1]!.state.answer = '503 x'
    await desk.pass(5 * minute)
    await desk.when(id, 'undelivered')
    expect(await figures('group', group.id)).toEqual(undelivered)
    expect(await receipt(members[0]!, id, 'delivered')).toBe('counted')
    expect(await desk.test.call('messages.get', { id })).toMatchObject({
      state: 'delivered',
    })
    expect(await figures('group', group.id)).toEqual(delivered)
  })

  it('may have arrived twice where both members say so late, and is one message delivered', async () => {
    const { members, group, id } = await desk.waiting('One', 'Two')
    await desk.pass(5 * minute)
    await members[1]?.state.asked(1)
    await desk.when(id, 'sent')
    await desk.pass(5 * minute)
    await desk.when(id, 'undelivered')
    expect(await receipt(members[1]!, id, 'delivered')).toBe('counted')
    expect(await receipt(members[0]!, id, 'delivered')).toBe('counted')
    expect(await desk.test.call('messages.get', { id })).toMatchObject({
      state: 'delivered',
      mayArriveTwice: true,
    })
    expect(await figures('group', group.id)).toEqual(delivered)
    for (const member of members) expect(await figures('provider', member.id)).toEqual(delivered)
  })
})

describe('a receipt of a member that was tried before', () => {
  it('waits while the next one is asked, and ends the message after that, whatever that one says', async () => {
    for (const answer of ['201 Created', '503 x']) {
      const lost = await desk.member(`Lost ${answer}`, '500 x')
      const next = await desk.member(`Next ${answer}`, answer)
      next.state.holds = true
      const group = await desk.group([lost, next])
      const sending = desk.send(group.id)
      await next.state.asked(1)
      const { messages } = await desk.test.call('messages.list', { providerId: null, before: null, limit: 1 })
      const id = messages[0]!.id
      expect(await receipt(lost, id, 'delivered')).toBe('waiting')
      next.state.letGo()
      await sending
      await desk.when(id, 'delivered')
      expect(await figures('group', group.id)).toEqual(delivered)
      expect(await figures('provider', lost.id)).toEqual(delivered)
    }
  })
})
