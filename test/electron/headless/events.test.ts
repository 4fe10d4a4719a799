import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStream } from '../../helpers/event-stream.ts'
import { startHeadless, temporaryFolder, type Headless } from '../../helpers/start-headless.ts'

let host: Headless
let headers: Record<string, string>
beforeAll(async () => {
  host = await startHeadless()
  headers = { cookie: await host.cookie() }
})
afterAll(() => host.remove())

/** One event, whose payload tells which change it was. */
const change = (testNumber: string) => host.call('app.prefer', { testNumber })
const numberOf = ({ envelope }: { envelope: unknown }) =>
  (envelope as { payload: { testNumber: string } }).payload.testNumber

describe('the event stream', () => {
  it('tells what happens, in order, under growing numbers', async () => {
    const stream = await openStream(`${host.origin}/events`, headers)
    for (const number of ['1', '2', '3']) await change(number)
    const events = [await stream.next(), await stream.next(), await stream.next()]
    expect(events.map(numberOf)).toEqual(['1', '2', '3'])
    const seqs = events.map(({ envelope }) => envelope.seq)
    expect(seqs).toEqual([seqs[0], seqs[0]! + 1, seqs[0]! + 2])
    expect(events.every(({ id, envelope }) => id.endsWith(`.${envelope.seq}`))).toBe(true)
    stream.cut()
  })

  it.each(['header', 'query'])('goes on after a cut where the page left off, by %s', async (way) => {
    const first = await openStream(`${host.origin}/events`, headers)
    await change('before')
    expect(numberOf(await first.next())).toBe('before')
    first.cut()
    await change('missed 1')
    await change('missed 2')
    const again =
      way === 'header'
        ? await openStream(`${host.origin}/events`, { ...headers, 'last-event-id': first.lastId() })
        : await openStream(`${host.origin}/events?after=${first.lastId()}`, headers)
    await change('after')
    const numbers = [await again.next(), await again.next(), await again.next()].map(numberOf)
    expect(numbers).toEqual(['missed 1', 'missed 2', 'after'])
    again.cut()
  })

  it('knows where a page stands that was cut off before anything happened', async () => {
    const first = await openStream(`${host.origin}/events`, headers)
    first.cut()
    expect(first.lastId()).not.toBe('')
    await change('meanwhile')
    const again = await openStream(`${host.origin}/events`, { ...headers, 'last-event-id': first.lastId() })
    expect(numberOf(await again.next())).toBe('meanwhile')
    again.cut()
  })

  it.each(['', 'x', '7', '.', 'f'.repeat(16) + '.0', '0.1e9', '-1'])(
    'asks a page to load again that stands at "%s"',
    async (after) => {
      const stream = await openStream(`${host.origin}/events?after=${encodeURIComponent(after)}`, headers)
      expect((await stream.next()).envelope.name).toBe('host.resync')
      stream.cut()
    },
  )

  it('asks a page to load again that was away for too many events', async () => {
    const first = await openStream(`${host.origin}/events`, headers)
    first.cut()
    for (let count = 0; count < 1001; count++) await change(String(count))
    const again = await openStream(`${host.origin}/events`, { ...headers, 'last-event-id': first.lastId() })
    const { envelope, id } = await again.next()
    expect(envelope.name).toBe('host.resync')
    again.cut()
    await change('last')
    const resumed = await openStream(`${host.origin}/events`, { ...headers, 'last-event-id': id })
    expect(numberOf(await resumed.next())).toBe('last')
    resumed.cut()
  })
})

describe('a host that stops', () => {
  it('ends its streams cleanly, and asks their pages to load again from its successor', async () => {
    const folder = await temporaryFolder()
    const first = await startHeadless({ folder })
    const cookie = await first.cookie()
    const stream = await openStream(`${first.origin}/events`, { cookie })
    const ended = await first.stop()
    await stream.ended
    expect(ended).toMatchObject({ code: 0, signal: null, stderr: '' })
    const second = await startHeadless({ folder, port: first.port })
    const again = await openStream(`${second.origin}/events`, { cookie, 'last-event-id': stream.lastId() })
    expect((await again.next()).envelope.name).toBe('host.resync')
    again.cut()
    await second.stop()
    await rm(folder, { recursive: true })
  })
})
