import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openGroupDesk, type GroupDesk } from '../../helpers/group-desk.ts'

let desk: GroupDesk
beforeEach(async () => {
  desk = await openGroupDesk()
})
afterEach(() => desk.close())

describe('a circuit breaker', () => {
  it('opens a breaker after five failures, keeps it across a restart, and probes when its time is over', async () => {
    const bad = await desk.member('Bad', '503 Service Unavailable')
    const good = await desk.member('Good', '201 Created')
    const { id } = await desk.group([bad, good])
    for (let count = 0; count < 5; count += 1) expect(await desk.send(id)).toMatchObject({ attempts: 2 })
    expect(bad.state.requests).toBe(5)
    const skipping = await desk.send(id)
    expect(skipping.story[0]?.why?.skipped).toMatchObject([{ providerId: bad.id, reason: 'breaker_open' }])
    await desk.test.reopen()
    expect(await desk.send(id)).toMatchObject({ attempts: 1, providerName: 'Good' })
    expect(bad.state.requests).toBe(5)
    // A test send does not ask it.
    expect(await desk.send(id, { test: true })).toMatchObject({ attempts: 2 })
    bad.state.answer = '201 Created'
    desk.now += 60_000
    for (const state of ['half_open', 'half_open', 'closed'] as const) {
      const probe = await desk.send(id)
      expect(probe).toMatchObject({ attempts: 1, providerName: 'Bad' })
      expect(probe.story[0]).toMatchObject({ why: { probe: true }, after: { breaker: state } })
    }
    expect((await desk.send(id)).story[0]?.why).toMatchObject({ probe: false, breaker: 'closed' })
  })

  it('tries all members in order when every breaker is open', async () => {
    const [one, two] = [await desk.member('One', '503 x'), await desk.member('Two', '503 x')] as const
    const { id } = await desk.group([one, two])
    for (let count = 0; count < 5; count += 1) await desk.send(id)
    const last = await desk.send(id)
    expect(last).toMatchObject({ attempts: 2, state: 'failed' })
    expect(last.story.map(({ why }) => why?.lastResort)).toEqual([true, true])
    expect(last.story.at(-1)?.after).toMatchObject({ stopped: 'exhausted' })
  })

  it('tells of a breaker when what it shows is another, and not with each message', async () => {
    const bad = await desk.member('Bad', '503 x')
    const good = await desk.member('Good', '201 Created')
    const { id } = await desk.group([bad, good])
    const told = () =>
      desk.test.events.filter((event) => event.name === 'providers.changed' && event.payload.id === bad.id)
        .length
    const breaker = async () =>
      (await desk.test.call('providers.list', undefined)).find((provider) => provider.id === bad.id)?.breaker
    const before = told()
    for (let count = 0; count < 4; count += 1) await desk.send(id)
    expect(told() - before).toBe(0)
    expect(await breaker()).toMatchObject({ state: 'closed', failuresInRow: 4 })
    await desk.send(id)
    expect(told() - before).toBe(1)
    expect(await breaker()).toMatchObject({ state: 'open', failuresInRow: 5 })
    await desk.send(id)
    expect(told() - before).toBe(1)
    desk.now += 60_000
    bad.state.answer = '429 Too Many Requests'
    await desk.send(id)
    // As its probe begins, and as it is slowed down.
    expect(told() - before).toBe(3)
    expect(await breaker()).toMatchObject({ state: 'half_open', throttledUntil: desk.now + 5000 })
    bad.state.answer = '201 Created'
    desk.now += 5000
    for (let count = 0; count < 3; count += 1) await desk.send(id)
    expect(told() - before).toBe(4)
    expect(await breaker()).toMatchObject({ state: 'closed', failuresInRow: 0 })
  })

  it('resets a breaker by hand', async () => {
    const bad = await desk.member('Bad', '503 x')
    const good = await desk.member('Good', '201 Created')
    const { id } = await desk.group([bad, good])
    for (let count = 0; count < 5; count += 1) await desk.send(id)
    await desk.test.call('providers.resetBreaker', { id: bad.id })
    expect(await desk.send(id)).toMatchObject({ attempts: 2 })
  })

  it('slows down for a 429 with a code of the vendor’s own, as for any other', async () => {
    const codes = [{ code: 'slow', class: 'unavailable' as const }]
    const reading = { messageId: '', errorCode: 'code', errorText: '' }
    const busy = await desk.member('Busy', '429 Too Many Requests', { codes, reading })
    busy.state.body = '{"code":"slow"}'
    const good = await desk.member('Good', '201 Created')
    const { id } = await desk.group([busy, good])
    expect((await desk.send(id)).story[0]?.outcome).toMatchObject({
      class: 'unavailable',
      code: 'vendor_code',
    })
    expect((await desk.send(id)).story[0]?.why?.skipped).toEqual([
      { providerId: busy.id, reason: 'throttled', until: desk.now + 5000 },
    ])
  })
})
