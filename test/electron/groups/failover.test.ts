import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { breakerLimits } from '#shared/failover/breaker.ts'
import { defaultPolicies } from '#shared/group.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import { handClock } from '../../helpers/hand-clock.ts'
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

/** A provider whose server answers with a status line: at once, or, while it holds, when it is let go. */
async function member(name: string, status = '201 Created', settings: Partial<ProviderSettings> = {}) {
  const held: (() => void)[] = []
  const waiting: { count: number; met: () => void }[] = []
  const state = {
    status,
    holds: false,
    requests: 0,
    /** Resolves when so many requests have come. */
    asked: (count: number) =>
      new Promise<void>((met) => (state.requests >= count ? met() : void waiting.push({ count, met }))),
    letGo: () => held.splice(0).forEach((answer) => answer()),
  }
  const server = await startRawServer({
    onRequest: (socket) => {
      state.requests += 1
      const answer = () => socket.write(reply(state.status, '{}'))
      if (state.holds) held.push(answer)
      else answer()
      for (const { count, met } of waiting) if (state.requests >= count) met()
    },
  })
  servers.push(server)
  const input = providerInput({ endpoint: `http://127.0.0.1:${server.port}/`, ...settings }, { name })
  await test.call('providers.save', input)
  return { id: input.id, name, state }
}

async function group(members: { id: string }[]): Promise<string> {
  const id = newId()
  await test.call('groups.save', {
    id,
    name: `Group ${id}`,
    members: members.map((one) => one.id),
    countries: [],
    notes: '',
    policies: defaultPolicies,
  })
  return id
}
const send = (id: string, isTest = false) =>
  test.call('messages.send', {
    ...sendInput(id, { test: isTest }),
    provider: { kind: 'group', id },
  })

describe('while a message of a group is on its way', () => {
  const three = async () => {
    const members = [await member('One', '503 x'), await member('Two'), await member('Three')] as const
    members[0].state.holds = true
    return members
  }

  it('a member that is archived is not tried any more', async () => {
    const [one, two, last] = await three()
    const sending = send(await group([one, two, last]))
    await one.state.asked(1)
    await test.call('providers.archive', { id: two.id })
    one.state.letGo()
    const story = await sending
    expect(story).toMatchObject({ state: 'sent', providerName: 'Three', attempts: 2 })
    expect(story.story[1]?.why?.skipped).toEqual([{ providerId: two.id, reason: 'archived', until: null }])
    expect(two.state.requests).toBe(0)
  })

  it('the member that has it cannot be deleted, another can, and is not tried any more', async () => {
    const [one, two, last] = await three()
    const sending = send(await group([one, two, last]))
    await one.state.asked(1)
    const refused = await test.refusal('providers.delete', { id: one.id, name: 'One' })
    expect(refused).toMatchObject({ code: 'provider_busy' })
    await test.call('providers.delete', { id: two.id, name: 'Two' })
    last.state.holds = true
    one.state.letGo()
    await last.state.asked(1)
    const busy = await test.refusal('providers.delete', { id: last.id, name: 'Three' })
    expect(busy).toMatchObject({ code: 'provider_busy' })
    last.state.letGo()
    const story = await sending
    expect(story).toMatchObject({ state: 'sent', providerName: 'Three', attempts: 2 })
    expect(story.story[1]?.why?.skipped).toMatchObject([{ providerId: two.id, reason: 'deleted' }])
    await test.call('providers.delete', { id: one.id, name: 'One' })
  })
})

describe('while a message of a group waits for its turn', () => {
  it.each(['first', 'second'] as const)('at its %s member, archiving that one sends it on', async (place) => {
    await test.close()
    const clock = handClock()
    test = await openTestWorkbench({ clock })
    const slow = await member('Slow', '201 Created', { ratePerSecond: 1 })
    const down = await member('Down', '503 x')
    const good = await member('Good')
    const id = await group(place === 'first' ? [slow, good] : [down, slow, good])
    expect(await send(id)).toMatchObject({ providerName: 'Slow' })
    const sending = send(id)
    await vi.waitUntil(() => clock.waiting() === 1)
    await test.call('providers.archive', { id: slow.id })
    await clock.advance(1000)
    const story = await sending
    expect(story).toMatchObject({ state: 'sent', providerName: 'Good' })
    const reasons = story.story.at(-1)?.why?.skipped.map(({ reason }) => reason)
    expect(reasons).toEqual(['archived'])
    expect(slow.state.requests).toBe(1)
  })
})

describe('a half-open circuit breaker', () => {
  it('lets one of fifty messages at a time through, until it is closed', async () => {
    const back = await member('Back', '503 x')
    const good = await member('Good')
    const id = await group([back, good])
    for (let count = 0; count < breakerLimits.inARow; count += 1) await send(id)
    now += 60_000
    back.state.status = '201 Created'
    back.state.holds = true
    let [probes, passed] = [back.state.requests, good.state.requests]
    for (const after of ['half_open', 'half_open', 'closed']) {
      const sending = Promise.all(Array.from({ length: 50 }, () => send(id)))
      await good.state.asked((passed += 49))
      expect(back.state.requests).toBe((probes += 1))
      back.state.letGo()
      const stories = await sending
      expect(good.state.requests).toBe(passed)
      const through = stories.filter(({ providerName }) => providerName === 'Back')
      expect(through.map(({ story }) => [story[0]?.why?.probe, story[0]?.after?.breaker])).toEqual([
        [true, after],
      ])
      const others = stories.filter(({ providerName }) => providerName === 'Good')
      expect(others.map(({ story }) => story[0]?.why?.skipped[0]?.reason)).toEqual(
        Array.from({ length: 49 }, () => 'probing'),
      )
    }
    back.state.holds = false
    await Promise.all(Array.from({ length: 50 }, () => send(id)))
    expect(back.state.requests).toBe(probes + 50)
  })
})

describe('a member whose secret is missing', () => {
  it('is tried, fails before anything goes out, is flagged and skipped from then on', async () => {
    const bare = await member('Bare', '201 Created', {
      auth: { kind: 'bearer', token: '{{secret:token}}' },
    })
    const good = await member('Good')
    const id = await group([bare, good])
    const first = await send(id)
    expect(first.story.map(({ outcome }) => outcome?.code)).toEqual(['secret_missing', 'accepted'])
    expect(bare.state.requests).toBe(0)
    const second = await send(id)
    expect(second).toMatchObject({ attempts: 1, providerName: 'Good' })
    expect(second.story[0]?.why?.skipped).toMatchObject([{ providerId: bare.id, reason: 'needs_attention' }])
  })
})

describe('the figures of a group', () => {
  it('tell tests and simulated sends apart, what is both as well', async () => {
    const good = await member('Good')
    const tour = await test.call('tour.start', undefined)
    const id = await group([good, { id: tour.providerId }])
    await send(id)
    await send(id, true)
    await test.call('providers.archive', { id: good.id })
    await send(id)
    await send(id)
    await send(id, true)
    const [summary] = await test.call('groups.list', undefined)
    const sent = (count: number) => ({ sent: count, delivered: 0, errors: 0 })
    expect(summary).toMatchObject({
      counts: sent(5),
      testCounts: sent(2),
      simulatedCounts: sent(3),
      simulatedTestCounts: sent(1),
    })
  })
})
