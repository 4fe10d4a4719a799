import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SendInput } from '#shared/send-input.ts'
import { openGroupDesk, through, type GroupDesk } from '../../helpers/group-desk.ts'
import { sendInput } from '../../helpers/messages.ts'
import { newId } from '../../helpers/new-id.ts'

let desk: GroupDesk
beforeEach(async () => {
  desk = await openGroupDesk()
})
afterEach(() => desk.close())

describe('a message through a group', () => {
  it('is taken by the first member that accepts it, and tells why it came there', async () => {
    const down = await desk.member('Down', '201 Created')
    await down.server.close()
    const limited = await desk.member('Limited', '429 Too Many Requests')
    const good = await desk.member('Good', '201 Created')
    const spare = await desk.member('Spare', '201 Created')
    const { id, name } = await desk.group([down, limited, good, spare])
    const story = await desk.send(id)
    expect(story).toMatchObject({
      state: 'sent',
      providerName: 'Good',
      groupId: id,
      groupName: name,
      attempts: 3,
      mayArriveTwice: false,
    })
    expect(
      story.story.map(({ providerName, outcome, after }) => [providerName, outcome?.class, after?.stopped]),
    ).toEqual([
      ['Down', 'unavailable', null],
      ['Limited', 'unavailable', null],
      ['Good', 'accepted', 'accepted'],
    ])
    expect(spare.server.received).toHaveLength(0)
    expect(await desk.test.call('messages.get', { id: story.id })).toEqual(story)
    const [summary] = await desk.test.call('groups.list', undefined)
    expect(summary?.counts).toEqual({ sent: 1, delivered: 0, errors: 0 })
    const counts = (await desk.test.call('providers.list', undefined)).map((one) => [one.name, one.counts])
    expect(Object.fromEntries(counts)).toMatchObject({
      Down: { sent: 0, errors: 1 },
      Good: { sent: 1, errors: 0 },
      Spare: { sent: 0, errors: 0 },
    })
  })

  it('moves on from what nobody knows, and says that it may arrive twice', async () => {
    const lost = await desk.member('Lost', '500 Internal Server Error')
    const good = await desk.member('Good', '201 Created')
    const moved = await desk.send((await desk.group([lost, good])).id)
    expect(moved).toMatchObject({ state: 'sent', mayArriveTwice: true, attempts: 2 })
    expect(moved.story[1]?.why).toMatchObject({ mayArriveTwice: true, skipped: [] })
    const held = await desk.send((await desk.group([lost, good], { onUnknown: 'hold' })).id)
    expect(held).toMatchObject({ state: 'failed', outcomeClass: 'unknown', attempts: 1 })
    expect(held.story[0]?.after).toMatchObject({ stopped: 'held' })
    expect(good.server.received).toHaveLength(1)
  })

  it('does not try a refused recipient elsewhere, unless the group asks for it', async () => {
    const codes = [{ code: 'bad', class: 'rejected' as const }]
    const reading = { messageId: '', errorCode: 'code', errorText: '' }
    const refusing = await desk.member('Refusing', '400 Bad Request', { codes, reading })
    refusing.state.body = '{"code":"bad"}'
    const good = await desk.member('Good', '201 Created')
    const stopped = await desk.send((await desk.group([refusing, good])).id)
    expect(stopped).toMatchObject({ state: 'failed', outcomeClass: 'rejected', attempts: 1 })
    const moved = await desk.send((await desk.group([refusing, good], { onRejected: 'move_on' })).id)
    expect(moved).toMatchObject({ state: 'sent', providerName: 'Good', attempts: 2 })
  })

  it('flags a member with wrong credentials and leaves it out from then on, until it is edited', async () => {
    const wrong = await desk.member('Wrong', '401 Unauthorized')
    const good = await desk.member('Good', '201 Created')
    const { id } = await desk.group([wrong, good])
    expect(await desk.send(id)).toMatchObject({ state: 'sent', attempts: 2 })
    const second = await desk.send(id)
    expect(second).toMatchObject({ state: 'sent', attempts: 1, providerName: 'Good' })
    expect(second.story[0]?.why?.skipped).toEqual([
      { providerId: wrong.id, reason: 'needs_attention', until: null },
    ])
    wrong.state.answer = '201 Created'
    expect(await desk.test.call('messages.send', sendInput(wrong.id))).toMatchObject({ state: 'sent' })
    expect(await desk.send(id)).toMatchObject({ providerName: 'Wrong' })
  })

  it('skips an archived member, and is refused in words where none is left', async () => {
    const [one, two] = [
      await desk.member('One', '201 Created'),
      await desk.member('Two', '201 Created'),
    ] as const
    const { id, name } = await desk.group([one, two])
    await desk.test.call('providers.archive', { id: one.id })
    const story = await desk.send(id)
    expect(story).toMatchObject({ providerName: 'Two' })
    expect(story.story[0]?.why?.skipped).toMatchObject([{ providerId: one.id, reason: 'archived' }])
    await desk.test.call('providers.archive', { id: two.id })
    expect(await desk.test.refusal('messages.send', through(id))).toMatchObject({
      code: 'not_found',
      message: `No member of the group “${name}” can be sent through. Add a provider to it.`,
    })
  })

  it('answers the same key with the first message’s story', async () => {
    const good = await desk.member('Good', '201 Created')
    const input = through((await desk.group([good])).id)
    const [first, second] = await Promise.all([
      desk.test.call('messages.send', input),
      desk.test.call('messages.send', input),
    ])
    expect(second).toEqual(first)
    expect(await desk.test.call('messages.send', input)).toEqual(first)
    expect(good.server.received).toHaveLength(1)
  })

  it('is cancelled between two members as well', async () => {
    const silent = await desk.member('Silent', null)
    const good = await desk.member('Good', '201 Created')
    const input = through((await desk.group([silent, good])).id)
    const asked = silent.state.asked(1)
    const sending = desk.test.call('messages.send', input)
    await asked
    await desk.test.call('messages.cancel', { key: input.key })
    const story = await sending
    expect(story).toMatchObject({ attempts: 1, outcomeCode: 'cancelled_after_sending' })
    expect(story.story[0]?.after).toMatchObject({ stopped: 'cancelled' })
    expect(good.server.received).toHaveLength(0)
  })
})

describe('a message without a choice', () => {
  const routed = (to: string): SendInput => ({ ...through(newId()), provider: { kind: 'route' }, to })

  it('takes the group of its number’s country, else the default', async () => {
    const [local, world] = [
      await desk.member('Local', '201 Created'),
      await desk.member('World', '201 Created'),
    ] as const
    const germany = await desk.group([local])
    await desk.test.call('groups.save', { ...germany, countries: ['DE'] })
    expect(await desk.test.call('messages.send', routed('+4915123456789'))).toMatchObject({
      providerName: 'Local',
      groupId: germany.id,
    })
    await desk.test.call('providers.setDefault', { id: world.id })
    expect(await desk.test.call('messages.send', routed('+14155550123'))).toMatchObject({
      providerName: 'World',
      groupId: null,
    })
    const fallback = await desk.group([world])
    await desk.test.call('groups.setDefault', { id: fallback.id })
    expect(await desk.test.call('messages.send', routed('+14155550123'))).toMatchObject({
      groupId: fallback.id,
    })
  })
})
