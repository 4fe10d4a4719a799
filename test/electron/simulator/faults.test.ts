import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { genericSimulatorPath, type Fault, type FaultEffect } from '#shared/simulator.ts'
import { FaultPlan } from '../../../electron/simulator/faults.ts'
import {
  imitatedVendor,
  imitation,
  startImitated,
  type ImitatedServer,
} from '../../helpers/imitated-vendor.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { openTestWorkbench } from '../../helpers/workbench.ts'

const fault = (changes: Partial<Fault> = {}): Fault => ({
  id: 'f',
  enabled: true,
  vendor: null,
  number: null,
  share: 100,
  effect: { kind: 'silence' },
  ...changes,
})
const to = '+14155550123'

describe('which fault a request meets', () => {
  const pick = (faults: Fault[], vendor = 'acme', number = to) =>
    new FaultPlan({ seed: 1, faults }).pick(vendor, number)?.id ?? null

  it('is the first that is for its vendor and its number', () => {
    const faults = [
      fault({ id: 'off', enabled: false }),
      fault({ id: 'generic', vendor: 'generic' }),
      fault({ id: 'whole', number: '+14155550123' }),
      fault({ id: 'end', number: '99' }),
      fault({ id: 'acme', vendor: 'acme' }),
    ]
    expect(pick(faults)).toBe('whole')
    expect(pick(faults, 'acme', '4155550123')).toBe('whole')
    expect(pick(faults, 'acme', '001 415-555-0123')).toBe('whole')
    expect(pick(faults, 'acme', '14155550199')).toBe('end')
    expect(pick(faults, 'acme', '5550123')).toBe('whole')
    expect(pick(faults, 'acme', '0123')).toBe('acme')
    expect(pick(faults, 'acme', '')).toBe('acme')
    expect(pick(faults, 'generic', '')).toBe('generic')
    expect(pick(faults, 'other', '')).toBe(null)
  })

  const anyFault = fc
    .record({
      enabled: fc.boolean(),
      vendor: fc.constantFrom(null, 'acme', 'generic'),
      number: fc.constantFrom(null, '3', '+14155550123'),
      share: fc.double({ min: 0.1, max: 100, noNaN: true }),
    })
    .map((changes) => fault(changes))
  const requests = fc.array(
    fc.tuple(fc.constantFrom('acme', 'generic'), fc.constantFrom(to, '+14155550124')),
    {
      maxLength: 60,
    },
  )

  it('is the same for the same seed and the same requests', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(anyFault, { maxLength: 5 }), requests, (seed, faults, sequence) => {
        const numbered = faults.map((one, index) => ({ ...one, id: String(index) }))
        const met = () => {
          const plan = new FaultPlan({ seed, faults: numbered })
          return sequence.map(([vendor, number]) => plan.pick(vendor, number)?.id ?? null)
        }
        const first = met()
        expect(met()).toEqual(first)
        for (const [index, [vendor, number]] of sequence.entries()) {
          const found = numbered.find(({ id }) => id === first[index])
          if (!found) continue
          expect(found.enabled).toBe(true)
          expect([null, vendor]).toContain(found.vendor)
          expect(found.number === null || number.endsWith(found.number.slice(1))).toBe(true)
        }
      }),
    )
  })

  it('takes its share of the requests, and leaves the others to the next', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 99 }), (seed, share) => {
        const rest = fault({ id: 'rest' })
        const plan = new FaultPlan({ seed, faults: [fault({ id: 'some', share }), rest] })
        const met = Array.from({ length: 4000 }, () => plan.pick('acme', to)?.id)
        expect(met.filter((id) => id === undefined)).toHaveLength(0)
        // Five standard deviations.
        expect(Math.abs(met.filter((id) => id === 'some').length / 4000 - share / 100)).toBeLessThan(0.04)
      }),
      { numRuns: 40 },
    )
    const other = (seed: number) => {
      const plan = new FaultPlan({ seed, faults: [fault({ share: 50 })] })
      return Array.from({ length: 100 }, () => (plan.pick('acme', to) ? 1 : 0)).join('')
    }
    expect(other(1)).not.toBe(other(2))
  })
})

describe('a fault', () => {
  const path = '/acme/v1/accounts/one/messages'
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
    return acme.ask(path, { body: { to: number } })
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
    const answer = fetch(`http://127.0.0.1:${acme.port}${path}`, {
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
      answers.push(other.ask(path, { body: { to } }))
      while (other.received.length === count) await new Promise((resolve) => setImmediate(resolve))
    }
    const during = timers()
    await other.close()
    await Promise.allSettled(answers)
    // What is left would keep a command from ending.
    expect([during > before, timers() <= before]).toEqual([true, true])
  })
})

describe('the workbench’s faults', () => {
  it('hold at once, for the generic provider, too, are told of, and are there after a restart', async () => {
    const desk = await openTestWorkbench({ host: 'headless' })
    expect(await desk.call('simulator.faults', undefined)).toEqual({ seed: 1, faults: [] })
    const { address } = await desk.call('simulator.start', undefined)
    const provider = providerInput({ endpoint: `${address}${genericSimulatorPath}` })
    const outcome = async () => onlyAttempt(await desk.call('messages.send', sendInput(provider))).outcome
    expect(await outcome()).toMatchObject({ class: 'accepted' })
    const faults = {
      seed: 42,
      faults: [fault({ vendor: 'generic', number: '0123', effect: { kind: 'answer', answer: 'noCredit' } })],
    }
    expect(await desk.call('simulator.setFaults', faults)).toEqual(faults)
    expect(desk.events.findLast(({ name }) => name === 'simulator.faults')?.payload).toEqual(faults)
    expect(await outcome()).toMatchObject({ code: 'payment_required' })
    await desk.reopen()
    expect(await desk.call('simulator.faults', undefined)).toEqual(faults)
    const again = await desk.call('simulator.start', undefined)
    provider.settings.endpoint = `${again.address}${genericSimulatorPath}`
    expect(await outcome()).toMatchObject({ code: 'payment_required' })
    const [received] = await desk.call('simulator.received', undefined)
    expect(received).toMatchObject({
      vendor: 'generic',
      accepted: false,
      fault: 'Fault: answered as no credit',
    })
    await desk.close()
  })

  it('are refused where one is wrong, and stay as they were', async () => {
    const desk = await openTestWorkbench()
    for (const changes of [
      { share: 0 },
      { number: 'abc' },
      { effect: { kind: 'latency', ms: 200_000 } as const },
    ]) {
      const refusal = await desk.refusal('simulator.setFaults', { seed: 1, faults: [fault(changes)] })
      expect(refusal).toMatchObject({ code: 'invalid_input' })
    }
    expect(await desk.call('simulator.faults', undefined)).toEqual({ seed: 1, faults: [] })
    await desk.close()
  })

  it('begin to draw anew when they are set or the simulator starts', async () => {
    const desk = await openTestWorkbench()
    const some = { seed: 7, faults: [fault({ share: 50, effect: { kind: 'status', status: 503 } })] }
    const run = async () => {
      const { address } = await desk.call('simulator.start', undefined)
      const statuses: number[] = []
      for (let count = 0; count < 12; count += 1) {
        const answer = await fetch(`${address}${genericSimulatorPath}?to=14155550123&text=Hi`)
        statuses.push(answer.status)
        await answer.text()
      }
      return statuses
    }
    await desk.call('simulator.setFaults', some)
    const first = await run()
    expect(new Set(first)).toEqual(new Set([201, 503]))
    await desk.call('simulator.setFaults', some)
    expect(await run()).toEqual(first)
    await desk.call('simulator.stop', undefined)
    expect(await run()).toEqual(first)
    await desk.close()
  })
})
