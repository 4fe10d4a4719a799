import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Socket } from 'node:net'
import Sqlite from 'better-sqlite3'
import { providerInput } from '../../helpers/messages.ts'
import { reply, startRawServer } from '../../helpers/raw-server.ts'
import { storeFile } from '../db/fixtures/damage.ts'
import { exported, gist, openTwoWorkspaces, replayed, type TwoWorkspaces } from '../../helpers/bundles.ts'

let two: TwoWorkspaces
beforeEach(async () => {
  two = await openTwoWorkspaces()
})
afterEach(() => two.close())

describe('a bundle that is opened elsewhere', () => {
  it('tells the same story there, and comes out the same when it is replayed', async () => {
    const { here, there } = two
    const sent = await here.send({ text: 'Hello, and https://example.org/a' })
    await here.post({ id: sent.providerMessageId, to: '14155550123', status: 'SENT', at: 1767344400 })
    await here.post({ reference: sent.id, status: 'DELIVRD', at: 1767344460 })
    await here.post({ id: sent.providerMessageId, clicked: 'https://example.org/a', at: 1767344500 })
    await here.post({ msisdn: '14155550123', message: 'Thanks', at: 1767344600 })
    const source = await here.story(sent.id)
    const { text, counts } = await exported(here, sent.id)
    expect(counts).toMatchObject({ attempts: 1, receipts: 2, clicks: 1, replies: 1, callbacks: 4 })

    const { bundleId, recorded, replay } = await replayed(there, text)
    expect(gist(recorded)).toEqual(gist(source))
    expect(recorded).toMatchObject({ id: bundleId, fromBundle: { exportedAt: expect.any(Number) } })
    expect(gist(replay)).toEqual(gist(source))
    expect(replay).toMatchObject({ simulated: true, test: true, runOf: bundleId, state: 'delivered' })
    expect(replay.callbacks.every(({ origin }) => origin === 'simulator')).toBe(true)
    // The vendor's own server has heard of one message only.
    expect(here.server.received.join('').match(/HTTP\/1\.1/g)).toHaveLength(1)
  })

  it('is in no list and no figures, and leads to its replays', async () => {
    const { here, there } = two
    const sent = await here.send()
    const { text } = await exported(here, sent.id)
    const { id } = await there.call('bundles.open', { text })
    const listed = { providerId: null, before: null, limit: 10 }
    expect((await there.call('messages.list', listed)).messages).toEqual([])
    const [provider] = await there.call('providers.list', undefined)
    expect(provider).toMatchObject({ name: here.provider.name, simulated: true, counts: { sent: 0 } })
    // The same file is not stored twice.
    expect(await there.call('bundles.open', { text })).toMatchObject({ id })
    expect(await there.call('bundles.list', undefined)).toHaveLength(1)
    expect(await there.call('providers.list', undefined)).toHaveLength(1)

    const { bundleId, replay } = await replayed(there, text)
    expect(bundleId).toBe(id)
    expect(await there.call('messages.runs', { id: bundleId })).toMatchObject({
      first: null,
      later: [{ id: replay.id }],
    })
    expect(await there.call('messages.runs', { id: replay.id })).toMatchObject({ first: { id: bundleId } })
  })

  it('is listed without its file being read again, and with what became of its providers', async () => {
    const { here, there } = two
    const { text } = await exported(here, (await here.send()).id)
    const { id } = await there.call('bundles.open', { text })
    const [first] = await there.call('bundles.list', undefined)
    expect(first).toMatchObject({ id, message: { state: 'sent' }, counts: { attempts: 1 } })
    const db = new Sqlite(storeFile(there.folder))
    db.prepare("UPDATE bundles SET content = '{', providers = '[\"another\"]'").run()
    db.close()
    const [again] = await there.call('bundles.list', undefined)
    expect(again?.providers.map(({ providerId }) => providerId)).toEqual(['another'])
    expect({ ...again, providers: first?.providers }).toEqual(first)
  })

  it('answers failures as they were recorded, byte for byte', async () => {
    const { here, there } = two
    const odd = '{"error": {"code":"21211" ,"text":"été\\u00e9 ✓"}}\r\n'
    const answers = [
      reply('400 Bad Request', odd, ['content-type: application/problem+json', 'x-request-id: r-1']),
      reply('429 Too Many Requests', '', ['retry-after: 7']),
      reply('302 Found', '', ['location: https://elsewhere.example/']),
      reply('200 OK', '<html>no JSON</html>', ['content-type: text/html; charset=ISO-8859-1']),
    ]
    for (const answer of answers) {
      here.answers.push(answer)
      const sent = await here.send()
      const { replay } = await replayed(there, (await exported(here, sent.id)).text)
      expect(gist(replay)).toEqual(gist(sent))
      expect(replay.story[0]?.outcome?.facts.retryAfterSeconds).toBe(
        sent.story[0]?.outcome?.facts.retryAfterSeconds,
      )
    }
  })

  it('fails on the way as it did: without an answer, within one, by a reset', async () => {
    const { here, there } = two
    const short = { connectMs: 2000, tlsMs: 2000, firstByteMs: 250, totalMs: 2000 }
    const shorter = { ...short, firstByteMs: 2000, totalMs: 250 }
    const cases = [
      { name: 'Silent', code: 'first_byte_timed_out', timeouts: short, answer: () => {} },
      { name: 'Slow', code: 'total_timed_out', timeouts: shorter, answer: () => {} },
      {
        name: 'Endless',
        code: 'total_timed_out',
        timeouts: shorter,
        answer: (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{'),
      },
      {
        name: 'Resetting',
        code: 'reset_after_sending',
        timeouts: short,
        answer: (socket: Socket) => socket.resetAndDestroy(),
      },
    ]
    for (const { name, code, timeouts, answer } of cases) {
      const server = await startRawServer({ onRequest: answer })
      const endpoint = `http://127.0.0.1:${server.port}/`
      const provider = providerInput({ endpoint, timeouts }, { name })
      await here.call('providers.save', provider)
      const sent = await here.send({ provider: { kind: 'saved', id: provider.id } })
      await server.close()
      const { replay } = await replayed(there, (await exported(here, sent.id)).text)
      expect(gist(replay), name).toEqual(gist(sent))
      const [was, came] = [sent.story[0]?.outcome, replay.story[0]?.outcome]
      expect(was, name).toMatchObject({ class: 'unknown', code })
      expect([came?.facts.timeout, came?.facts.timeoutMs], name).toEqual([
        was?.facts.timeout,
        was?.facts.timeoutMs,
      ])
    }
  })

  it('goes on from a time-out to the next provider again', async () => {
    const { here, there } = two
    const silent = await startRawServer({})
    const timeouts = { connectMs: 2000, tlsMs: 2000, firstByteMs: 250, totalMs: 2000 }
    const first = providerInput(
      { endpoint: `http://127.0.0.1:${silent.port}/`, timeouts },
      { name: 'Silent' },
    )
    await here.call('providers.save', first)
    const policies = {
      onUnknown: 'move_on',
      onRejected: 'stop',
      breaker: true,
      noReceiptMinutes: null,
    } as const
    const members = [first.id, here.provider.id]
    const group = { id: first.id, name: 'Both', members, countries: [], notes: '', policies }
    await here.call('groups.save', group)
    const sent = await here.send({ provider: { kind: 'group', id: group.id } })
    await silent.close()
    const { replay } = await replayed(there, (await exported(here, sent.id)).text)
    expect(gist(replay)).toEqual(gist(sent))
    expect(replay).toMatchObject({ mayArriveTwice: true, state: 'sent', attempts: 2 })
  })

  it('goes through a group again as it did', async () => {
    const { here, there } = two
    const { provider: second } = await here.addProvider({ name: 'Second' })
    const group = {
      id: second.id,
      name: 'Both',
      members: [here.provider.id, second.id],
      countries: [],
      notes: '',
      policies: { onUnknown: 'move_on', onRejected: 'stop', breaker: true, noReceiptMinutes: null } as const,
    }
    await here.call('groups.save', group)
    here.answers.push(reply('503 Service Unavailable', 'down'))
    const sent = await here.send({ provider: { kind: 'group', id: group.id } })
    expect(sent.story).toHaveLength(2)
    const { replay, recorded } = await replayed(there, (await exported(here, sent.id)).text)
    expect(gist(replay)).toEqual(gist(sent))
    expect(recorded).toMatchObject({ groupName: 'Both', groupId: replay.groupId })
    expect(replay.story.map(({ providerName }) => providerName)).toEqual([here.provider.name, 'Second'])
  })
})
