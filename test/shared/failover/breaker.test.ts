import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  admit,
  breakerLimits,
  closedBreaker,
  hear,
  type Breaker,
  type Heard,
} from '#shared/failover/breaker.ts'
import { outcomeClasses } from '#shared/outcome.ts'

const start = 1_700_000_000_000
const failure: Heard = { class: 'unavailable', code: 'connection_refused' }
const lost: Heard = { class: 'unknown', code: 'first_byte_timed_out' }
const good: Heard = { class: 'accepted', code: 'accepted' }
const refused: Heard = { class: 'rejected', code: 'vendor_code' }
const middle = 0.5

function after(list: Heard[], from: Breaker = closedBreaker, stepMs = 0): Breaker {
  return list.reduce((breaker, heard, index) => hear(breaker, heard, start + index * stepMs, middle), from)
}
const times = (count: number, heard: Heard) => Array.from({ length: count }, () => heard)

describe('a circuit breaker', () => {
  it('opens at five failures in a row, for half a minute', () => {
    expect(after(times(4, failure)).state).toBe('closed')
    const breaker = after([...times(3, failure), ...times(2, lost)])
    expect(breaker).toMatchObject({ state: 'open', openings: 1, openUntil: start + 30_000 })
    expect(admit(breaker, start + 29_999)).toEqual({ kind: 'wait', because: 'open', until: start + 30_000 })
  })

  it.each([
    ['accepted', good],
    ['rejected', refused],
    ['misconfigured', { class: 'misconfigured', code: 'unauthorized' }],
  ] as const)('begins to count anew after an attempt that was %s', (_name, heard) => {
    expect(after([...times(4, failure), heard, ...times(4, failure)]).state).toBe('closed')
  })

  it('opens when half of at least twenty calls within a minute fail', () => {
    const half = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? good : failure))
    expect(after(half.slice(0, 19)).state).toBe('closed')
    expect(after(half).state).toBe('open')
  })

  it('forgets calls that are older than a minute', () => {
    const half = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? good : failure))
    expect(after(half, closedBreaker, 6000).state).toBe('closed')
    expect(after(half, closedBreaker, 6000).window.length).toBeLessThanOrEqual(11)
  })

  it('lets one probe through at a time, and closes after three good ones', () => {
    let breaker = after(times(5, failure))
    for (let probe = 1; probe <= 3; probe += 1) {
      const now = start + 30_000 + probe
      const admission = admit(breaker, now)
      if (admission.kind !== 'probe') throw new Error(`no probe ${probe}`)
      expect(admit(admission.begun, now + 1)).toEqual({ kind: 'wait', because: 'probing', until: null })
      breaker = hear(admission.begun, good, now + 2, middle)
    }
    expect(breaker).toEqual(closedBreaker)
  })

  it('opens for twice as long with each probe that fails, up to ten minutes', () => {
    let breaker = after(times(5, failure))
    const spans: number[] = []
    for (let probe = 0; probe < 7; probe += 1) {
      const now = breaker.openUntil ?? 0
      const admission = admit(breaker, now)
      if (admission.kind !== 'probe') throw new Error('no probe')
      breaker = hear(admission.begun, lost, now, middle)
      spans.push((breaker.openUntil ?? 0) - now)
    }
    expect(spans).toEqual([60_000, 120_000, 240_000, 480_000, 600_000, 600_000, 600_000])
  })

  it('is never open for more than ten minutes, wherever it spreads to', () => {
    const long: Breaker = { ...after(times(5, failure)), openings: 12 }
    expect(hear(long, failure, start, 1).openUntil).toBe(start + 600_000)
    expect(hear(long, failure, start, 0).openUntil).toBe(start + 480_000)
  })

  it('spreads by a fifth either way', () => {
    const four = after(times(4, failure))
    expect(hear(four, failure, start, 0).openUntil).toBe(start + 24_000)
    expect(hear(four, failure, start, 1).openUntil).toBe(start + 36_000)
  })

  it('slows down by Retry-After instead of opening', () => {
    const limited: Heard = { class: 'unavailable', code: 'rate_limited', retryAfterSeconds: 7 }
    const breaker = after(times(10, limited))
    expect(breaker.state).toBe('closed')
    expect(admit(breaker, start + 6999)).toEqual({
      kind: 'wait',
      because: 'throttled',
      until: start + 7000,
    })
    expect(admit(breaker, start + 7000)).toEqual({ kind: 'go' })
  })

  it('slows down by Retry-After for an hour at most', () => {
    const asked = (retryAfterSeconds: number) =>
      after([{ class: 'unavailable', code: 'rate_limited', retryAfterSeconds }]).throttledUntil
    expect([asked(0), asked(3599), asked(86_400)]).toEqual([start, start + 3_599_000, start + 3_600_000])
  })

  it('slows down for a 429 that says with a code of the vendor’s own that it was not taken', () => {
    const coded: Heard = { class: 'unavailable', code: 'vendor_code', status: 429, retryAfterSeconds: 7 }
    expect(after(times(10, coded))).toMatchObject({ state: 'closed', throttledUntil: start + 7000 })
    // The code means something else than the status.
    const refusing: Heard = { class: 'rejected', code: 'vendor_code', status: 429 }
    expect(after([refusing])).toMatchObject({ throttledUntil: null })
  })

  it.each(['cancelled_after_sending', 'workbench_failed'] as const)(
    'does not count what is not the provider’s doing: %s',
    (code) => {
      expect(after(times(10, { class: 'unknown', code }))).toEqual(closedBreaker)
      const admission = admit(after(times(5, failure)), start + 30_000)
      if (admission.kind !== 'probe') throw new Error('no probe')
      const after10 = hear(admission.begun, { class: 'unknown', code }, start + 30_001, middle)
      expect(admit(after10, start + 30_002).kind).toBe('probe')
    },
  )

  it('gives a probe that is never heard of again a minute', () => {
    const admission = admit(after(times(5, failure)), start + 30_000)
    if (admission.kind !== 'probe') throw new Error('no probe')
    expect(admit(admission.begun, start + 30_000 + breakerLimits.probeMs - 1).kind).toBe('wait')
    expect(admit(admission.begun, start + 30_000 + breakerLimits.probeMs).kind).toBe('probe')
  })
})

describe('whatever it hears', () => {
  const heard = fc.record({
    class: fc.constantFrom(...outcomeClasses),
    code: fc.constantFrom('server_error' as const, 'rate_limited' as const),
    retryAfterSeconds: fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: undefined }),
  })
  const steps = fc.array(
    fc.record({
      heard,
      waitMs: fc.integer({ min: -5000, max: 700_000 }),
      random: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 60 },
  )

  it('is never open without an end, never open for longer than its limit, and always lets a call through in time', () => {
    fc.assert(
      fc.property(steps, (list) => {
        let breaker = closedBreaker
        let now = start
        for (const step of list) {
          now += step.waitMs
          const admission = admit(breaker, now)
          breaker = hear(admission.kind === 'probe' ? admission.begun : breaker, step.heard, now, step.random)
          expect(breaker.state === 'open').toBe(breaker.openUntil !== null)
          if (breaker.openUntil !== null)
            expect(breaker.openUntil - now).toBeLessThanOrEqual(
              breakerLimits.longestOpenMs + 5000 * list.length,
            )
          expect(breaker.goodProbes).toBeLessThan(breakerLimits.goodProbes)
          expect(breaker.window.length).toBeLessThanOrEqual(61)
          expect(admit(breaker, now + 70 * 60_000).kind).not.toBe('wait')
        }
      }),
    )
  })

  it('is the same after a restart: all of it goes through JSON', () => {
    fc.assert(
      fc.property(steps, (list) => {
        let [kept, restarted] = [closedBreaker, closedBreaker]
        let now = start
        for (const { heard: one, waitMs, random } of list) {
          now += waitMs
          kept = hear(kept, one, now, random)
          restarted = JSON.parse(JSON.stringify(hear(restarted, one, now, random))) as Breaker
        }
        expect(restarted).toEqual(kept)
      }),
    )
  })
})
