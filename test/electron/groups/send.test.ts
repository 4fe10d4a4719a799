import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultPolicies, type Policies } from '#shared/group.ts'
import type { SendInput } from '#shared/send-input.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import { providerInput, sendInput } from '../../helpers/messages.ts'
import { newId } from '../../helpers/new-id.ts'
import { reply, startRawServer, type RawServer } from '../../helpers/raw-server.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let servers: RawServer[]
let now: number
beforeEach(async () => {
  servers = []
  now = Date.now()
  test = await openTestWorkbench({ now: () => now })
})
afterEach(async () => {
  await test.close()
  for (const server of servers) await server.close()
})

type Answer = string | null

/** A provider whose server answers with a status line, or never. */
async function member(name: string, answer: Answer, settings: Partial<ProviderSettings> = {}) {
  const state = { answer, requests: 0, onRequest: () => {} }
  const server = await startRawServer({
    onRequest: (socket) => {
      state.requests += 1
      state.onRequest()
      if (state.answer !== null) socket.write(reply(state.answer, '{}'))
    },
  })
  servers.push(server)
  const input = providerInput({ endpoint: `http://127.0.0.1:${server.port}/`, ...settings }, { name })
  await test.call('providers.save', input)
  return { id: input.id, server, state }
}

async function group(members: { id: string }[], policies: Partial<Policies> = {}) {
  const input = {
    id: newId(),
    name: `Group ${newId()}`,
    members: members.map(({ id }) => id),
    countries: [],
    notes: '',
    policies: { ...defaultPolicies, ...policies },
  }
  return test.call('groups.save', input)
}

const through = (id: string, more: Partial<SendInput> = {}): SendInput => ({
  ...sendInput(id, { test: false }),
  provider: { kind: 'group', id },
  ...more,
})
const send = (id: string, more: Partial<SendInput> = {}) => test.call('messages.send', through(id, more))

describe('a message through a group', () => {
  it('is taken by the first member that accepts it, and tells why it came there', async () => {
    const down = await member('Down', '201 Created')
    await down.server.close()
    const limited = await member('Limited', '429 Too Many Requests')
    const good = await member('Good', '201 Created')
    const spare = await member('Spare', '201 Created')
    const { id, name } = await group([down, limited, good, spare])
    const story = await send(id)
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
    expect(await test.call('messages.get', { id: story.id })).toEqual(story)
    const [summary] = await test.call('groups.list', undefined)
    expect(summary?.counts).toEqual({ sent: 1, delivered: 0, errors: 0 })
    const counts = (await test.call('providers.list', undefined)).map((one) => [one.name, one.counts])
    expect(Object.fromEntries(counts)).toMatchObject({
      Down: { sent: 0, errors: 1 },
      Good: { sent: 1, errors: 0 },
      Spare: { sent: 0, errors: 0 },
    })
  })

  it('moves on from what nobody knows, and says that it may arrive twice', async () => {
    const lost = await member('Lost', '500 Internal Server Error')
    const good = await member('Good', '201 Created')
    const moved = await send((await group([lost, good])).id)
    expect(moved).toMatchObject({ state: 'sent', mayArriveTwice: true, attempts: 2 })
    expect(moved.story[1]?.why).toMatchObject({ mayArriveTwice: true, skipped: [] })
    const held = await send((await group([lost, good], { onUnknown: 'hold' })).id)
    expect(held).toMatchObject({ state: 'failed', outcomeClass: 'unknown', attempts: 1 })
    expect(held.story[0]?.after).toMatchObject({ stopped: 'held' })
    expect(good.server.received).toHaveLength(1)
  })

  it('does not try a refused recipient elsewhere, unless the group asks for it', async () => {
    const codes = [{ code: 'bad', class: 'rejected' as const }]
    const reading = { messageId: '', errorCode: 'code', errorText: '' }
    const refusing = await member('Refusing', null, { codes, reading })
    const server = await startRawServer({
      onRequest: (socket) => socket.write(reply('400 Bad Request', '{"code":"bad"}')),
    })
    servers.push(server)
    const good = await member('Good', '201 Created')
    const saved = await test.call('providers.get', { id: refusing.id })
    await test.call('providers.save', {
      ...providerInput({ ...saved.settings, endpoint: `http://127.0.0.1:${server.port}/` }),
      id: refusing.id,
      name: 'Refusing',
    })
    const stopped = await send((await group([refusing, good])).id)
    expect(stopped).toMatchObject({ state: 'failed', outcomeClass: 'rejected', attempts: 1 })
    const moved = await send((await group([refusing, good], { onRejected: 'move_on' })).id)
    expect(moved).toMatchObject({ state: 'sent', providerName: 'Good', attempts: 2 })
  })

  it('flags a member with wrong credentials and leaves it out from then on, until it is edited', async () => {
    const wrong = await member('Wrong', '401 Unauthorized')
    const good = await member('Good', '201 Created')
    const { id } = await group([wrong, good])
    expect(await send(id)).toMatchObject({ state: 'sent', attempts: 2 })
    const second = await send(id)
    expect(second).toMatchObject({ state: 'sent', attempts: 1, providerName: 'Good' })
    expect(second.story[0]?.why?.skipped).toEqual([
      { providerId: wrong.id, reason: 'needs_attention', until: null },
    ])
    wrong.state.answer = '201 Created'
    expect(await test.call('messages.send', sendInput(wrong.id))).toMatchObject({ state: 'sent' })
    expect(await send(id)).toMatchObject({ providerName: 'Wrong' })
  })

  it('opens a breaker after five failures, keeps it across a restart, and probes when its time is over', async () => {
    const bad = await member('Bad', '503 Service Unavailable')
    const good = await member('Good', '201 Created')
    const { id } = await group([bad, good])
    for (let count = 0; count < 5; count += 1) expect(await send(id)).toMatchObject({ attempts: 2 })
    expect(bad.state.requests).toBe(5)
    const skipping = await send(id)
    expect(skipping.story[0]?.why?.skipped).toMatchObject([{ providerId: bad.id, reason: 'breaker_open' }])
    await test.reopen()
    expect(await send(id)).toMatchObject({ attempts: 1, providerName: 'Good' })
    expect(bad.state.requests).toBe(5)
    // A test send does not ask it.
    expect(await send(id, { test: true })).toMatchObject({ attempts: 2 })
    bad.state.answer = '201 Created'
    now += 60_000
    for (const state of ['half_open', 'half_open', 'closed'] as const) {
      const probe = await send(id)
      expect(probe).toMatchObject({ attempts: 1, providerName: 'Bad' })
      expect(probe.story[0]).toMatchObject({ why: { probe: true }, after: { breaker: state } })
    }
    expect((await send(id)).story[0]?.why).toMatchObject({ probe: false, breaker: 'closed' })
  })

  it('tries all members in order when every breaker is open', async () => {
    const [one, two] = [await member('One', '503 x'), await member('Two', '503 x')] as const
    const { id } = await group([one, two])
    for (let count = 0; count < 5; count += 1) await send(id)
    const last = await send(id)
    expect(last).toMatchObject({ attempts: 2, state: 'failed' })
    expect(last.story.map(({ why }) => why?.lastResort)).toEqual([true, true])
    expect(last.story.at(-1)?.after).toMatchObject({ stopped: 'exhausted' })
  })

  it('tells of a breaker when what it shows is another, and not with each message', async () => {
    const bad = await member('Bad', '503 x')
    const good = await member('Good', '201 Created')
    const { id } = await group([bad, good])
    const told = () =>
      test.events.filter((event) => event.name === 'providers.changed' && event.payload.id === bad.id).length
    const breaker = async () =>
      (await test.call('providers.list', undefined)).find((provider) => provider.id === bad.id)?.breaker
    const before = told()
    for (let count = 0; count < 4; count += 1) await send(id)
    expect(told() - before).toBe(0)
    expect(await breaker()).toMatchObject({ state: 'closed', failuresInRow: 4 })
    await send(id)
    expect(told() - before).toBe(1)
    expect(await breaker()).toMatchObject({ state: 'open', failuresInRow: 5 })
    await send(id)
    expect(told() - before).toBe(1)
    now += 60_000
    bad.state.answer = '429 Too Many Requests'
    await send(id)
    // As its probe begins, and as it is slowed down.
    expect(told() - before).toBe(3)
    expect(await breaker()).toMatchObject({ state: 'half_open', throttledUntil: now + 5000 })
    bad.state.answer = '201 Created'
    now += 5000
    for (let count = 0; count < 3; count += 1) await send(id)
    expect(told() - before).toBe(4)
    expect(await breaker()).toMatchObject({ state: 'closed', failuresInRow: 0 })
  })

  it('resets a breaker by hand', async () => {
    const bad = await member('Bad', '503 x')
    const good = await member('Good', '201 Created')
    const { id } = await group([bad, good])
    for (let count = 0; count < 5; count += 1) await send(id)
    await test.call('providers.resetBreaker', { id: bad.id })
    expect(await send(id)).toMatchObject({ attempts: 2 })
  })

  it('skips an archived member, and is refused in words where none is left', async () => {
    const [one, two] = [await member('One', '201 Created'), await member('Two', '201 Created')] as const
    const { id, name } = await group([one, two])
    await test.call('providers.archive', { id: one.id })
    const story = await send(id)
    expect(story).toMatchObject({ providerName: 'Two' })
    expect(story.story[0]?.why?.skipped).toMatchObject([{ providerId: one.id, reason: 'archived' }])
    await test.call('providers.archive', { id: two.id })
    expect(await test.refusal('messages.send', through(id))).toMatchObject({
      code: 'not_found',
      message: `No member of the group “${name}” can be sent through. Add a provider to it.`,
    })
  })

  it('answers the same key with the first message’s story', async () => {
    const good = await member('Good', '201 Created')
    const input = through((await group([good])).id)
    const [first, second] = await Promise.all([
      test.call('messages.send', input),
      test.call('messages.send', input),
    ])
    expect(second).toEqual(first)
    expect(await test.call('messages.send', input)).toEqual(first)
    expect(good.server.received).toHaveLength(1)
  })

  it('is cancelled between two members as well', async () => {
    const silent = await member('Silent', null)
    const good = await member('Good', '201 Created')
    const input = through((await group([silent, good])).id)
    const asked = new Promise<void>((resolve) => (silent.state.onRequest = resolve))
    const sending = test.call('messages.send', input)
    await asked
    await test.call('messages.cancel', { key: input.key })
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
      await member('Local', '201 Created'),
      await member('World', '201 Created'),
    ] as const
    const germany = await group([local])
    await test.call('groups.save', { ...germany, countries: ['DE'] })
    expect(await test.call('messages.send', routed('+4915123456789'))).toMatchObject({
      providerName: 'Local',
      groupId: germany.id,
    })
    await test.call('providers.setDefault', { id: world.id })
    expect(await test.call('messages.send', routed('+14155550123'))).toMatchObject({
      providerName: 'World',
      groupId: null,
    })
    const fallback = await group([world])
    await test.call('groups.setDefault', { id: fallback.id })
    expect(await test.call('messages.send', routed('+14155550123'))).toMatchObject({ groupId: fallback.id })
  })
})
