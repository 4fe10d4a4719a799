import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FaultEffect } from '#shared/simulator.ts'
import { fault } from '../../helpers/fault.ts'
import {
  imitatedPath,
  imitatedVendor,
  imitation,
  startImitated,
  type ImitatedServer,
} from '../../helpers/imitated-vendor.ts'

const to = '+14155550123'

describe('a fault', () => {
  let acme: ImitatedServer
  beforeAll(async () => {
    const body = { id: '{{id}}', filling: 'x'.repeat(50) }
    acme = await startImitated([
      imitatedVendor([imitation({ answers: { accepted: { status: 201, words: 'Taken', body } } })]),
    ])
  })
  afterAll(() => acme.close())

  const send = async (effect: FaultEffect, number = to) => {
    acme.desk.setFaults({ seed: 1, faults: [fault({ effect })] })
    return acme.ask(imitatedPath, { body: { to: number } })
  }
  const last = () => acme.received.at(-1)

  it('answers in the vendor’s own words, whatever the request says', async () => {
    expect(await send({ kind: 'answer', answer: 'noCredit' })).toMatchObject({
      status: 402,
      json: { error: 'No credit' },
    })
    expect(last()).toMatchObject({ accepted: false, status: 402, fault: 'Fault: answered as no credit' })
    expect((await send({ kind: 'answer', answer: 'accepted' }, 'nobody')).status).toBe(201)
    expect(last()).toMatchObject({ accepted: true, to: 'nobody' })
  })

  it('answers with a bare status of nobody’s', async () => {
    const answer = await send({ kind: 'status', status: 503 })
    expect(answer).toMatchObject({
      status: 503,
      text: expect.stringContaining('<h1>503 Service Unavailable</h1>'),
    })
    expect(last()).toMatchObject({ accepted: false, fault: 'Fault: a bare 503' })
    const moved = await send({ kind: 'status', status: 302 })
    expect([moved.status, moved.headers.get('location')]).toEqual([302, '/'])
  })

  it.each(['silence', 'drop', 'reset'] as const)('takes the message, and tells nothing: %s', async (kind) => {
    acme.desk.setFaults({ seed: 1, faults: [fault({ effect: { kind } })] })
    const abort = new AbortController()
    const answer = fetch(`http://127.0.0.1:${acme.port}${imitatedPath}`, {
      method: 'POST',
      headers: { 'x-key': 'good' },
      body: new URLSearchParams({ to }),
      signal: abort.signal,
    })
    if (kind === 'silence') {
      const count = acme.received.length
      while (acme.received.length === count) await new Promise((resolve) => setImmediate(resolve))
      abort.abort()
      await expect(answer).rejects.toThrow('aborted')
    } else {
      const code = kind === 'drop' ? 'UND_ERR_SOCKET' : 'ECONNRESET'
      await expect(answer).rejects.toMatchObject({ cause: { code } })
    }
    expect(last()).toMatchObject({ accepted: true, status: 0, response: null, answer: 'Taken' })
  })

  it('holds the answer back, or spreads its body', async () => {
    const started = performance.now()
    expect((await send({ kind: 'latency', ms: 60 })).status).toBe(201)
    expect(performance.now() - started).toBeGreaterThan(55)
    const slow = await send({ kind: 'slowBody', ms: 60 })
    expect(performance.now() - started).toBeGreaterThan(110)
    expect(slow).toMatchObject({ status: 201, json: { filling: 'x'.repeat(50) } })
    expect(slow.headers.get('content-length')).toBe(String(slow.text.length))
    expect(last()).toMatchObject({ accepted: true, status: 201, fault: 'Fault: body spread over 60 ms' })
  })

  it('gives another body than the vendor’s, under its status', async () => {
    const html = await send({ kind: 'wrongBody', body: 'html' })
    expect(html).toMatchObject({ status: 201, text: expect.stringMatching(/^<!DOCTYPE html>/) })
    expect(html.headers.get('content-type')).toContain('text/html')
    expect(await send({ kind: 'wrongBody', body: 'empty' })).toMatchObject({ status: 201, text: '' })
    const cut = await send({ kind: 'wrongBody', body: 'cut' })
    expect(cut).toMatchObject({ status: 201, json: undefined, text: expect.stringMatching(/^\{"id":"ID/) })
    expect((await send({ kind: 'wrongBody', body: 'otherJson' })).json).toEqual({
      unexpected: { answer: true },
    })
    expect(last()).toMatchObject({ accepted: true })
  })

  it('stops with the server, however long it has still to go', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = timers()
    const answers: Promise<unknown>[] = []
    const other = await startImitated([imitatedVendor()])
    for (const effect of [
      { kind: 'latency', ms: 120_000 },
      { kind: 'slowBody', ms: 120_000 },
      { kind: 'silence' },
    ] as const) {
      other.desk.setFaults({ seed: 1, faults: [fault({ effect })] })
      const count = other.received.length
      answers.push(other.ask(imitatedPath, { body: { to } }))
      while (other.received.length === count) await new Promise((resolve) => setImmediate(resolve))
    }
    const during = timers()
    await other.close()
    await Promise.allSettled(answers)
    // What is left would keep a command from ending.
    expect([during > before, timers() <= before]).toEqual([true, true])
  })
})
