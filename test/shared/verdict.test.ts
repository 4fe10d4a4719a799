import { expect, it } from 'vitest'
import { outcomeCodes, type OutcomeClass } from '#shared/outcome.ts'
import { verdictOf } from '#shared/verdict.ts'

it.each(outcomeCodes)(
  '%s has words for what happened, why, and what to do, however little is known',
  (code) => {
    for (const facts of [
      {},
      { status: 400, host: 'api.example.test', errorCode: '7', errorText: 'No route', timeoutMs: 300 },
    ]) {
      const verdict = verdictOf({ class: 'unknown', code, facts })
      for (const words of Object.values(verdict)) {
        expect(words.length).toBeGreaterThan(5)
        expect(words).not.toMatch(/undefined|\bNaN\b|\bnull\b|\[object|\b[Ww]e\b|!|[Oo]ops/)
        expect(words).not.toMatch(/ {2}|\.\./)
      }
      expect(verdict.cause).toMatch(/\.$/)
      expect(verdict.next).toMatch(/\.$/)
    }
  },
)

it('says that nothing was sent when the time was up before the first byte', () => {
  const verdict = verdictOf({ class: 'unavailable', code: 'total_timed_out', facts: { timeoutMs: 300 } })
  expect(verdict.next).toContain('Nothing was sent')
  expect(verdict.next).not.toContain('may still arrive')
})

it('says what to do about a vendor’s own code by what the settings say that it means', () => {
  const next = (meaning: OutcomeClass) =>
    verdictOf({ class: meaning, code: 'vendor_code', facts: { errorCode: '7' } }).next
  expect(next('rejected')).toContain('number and the text')
  expect(next('unavailable')).toContain('Wait')
  expect(next('misconfigured')).toContain('Mend')
  expect(next('unknown')).toContain('may still arrive')
})
