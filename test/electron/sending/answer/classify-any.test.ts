import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outcomeClasses, outcomeCodes } from '#shared/outcome.ts'
import { successRuleSchema, type BodyTest } from '#shared/success-rule.ts'
import { verdictOf } from '#shared/verdict.ts'
import type { Rules } from '../../../../electron/sending/answer/judge.ts'
import { outcomeOf } from '../../../helpers/answers.ts'

describe('whatever comes', () => {
  const anyBody = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.json({ maxDepth: 3 }),
    fc.constantFrom('', '<r><s>ok</s></r>', '<html>', '{"status":"ok","code":"7"}', '\0', '\uFEFF{}', '[[[['),
  )
  const anyTest: fc.Arbitrary<BodyTest> = fc.constantFrom(
    { kind: 'none' },
    { kind: 'json', path: 'status', equals: 'ok' },
    { kind: 'json', path: '$[*]', equals: '' },
    { kind: 'xml', path: '//s', equals: 'ok' },
    { kind: 'contains', text: 'ok' },
    { kind: 'matches', pattern: '^(ok|<)' },
  )
  const place = fc.constantFrom('', 'code', '[*]', '//s', '/r/@x', '~(\\d+)', '~x*')
  const anyReading = fc.record({ messageId: place, errorCode: place, errorText: place })
  const anyRules = fc.record({
    success: fc.record({
      statusFrom: fc.integer({ min: 100, max: 599 }),
      statusTo: fc.constant(599),
      body: anyTest,
    }),
    reading: anyReading,
    codes: fc.constantFrom<Rules['codes']>([], [{ code: '7', class: 'rejected' }]),
  })
  const anyType = fc.constantFrom('', 'text/html', 'application/json', 'application/xml', ';;')

  it('has one class and one code, and words for them', () => {
    for (let status = 100; status <= 599; status += 1) {
      fc.assert(
        fc.property(anyRules, anyBody, anyType, (given, body, type) => {
          const outcome = outcomeOf(given, body, { status, type })
          expect(outcomeClasses).toContain(outcome.class)
          expect(outcomeCodes).toContain(outcome.code)
          expect(outcome.code === 'accepted').toBe(outcome.class === 'accepted')
          expect(JSON.stringify(verdictOf(outcome))).not.toContain('undefined')
        }),
        { numRuns: 4 },
      )
    }
  })

  it('is accepted only by its own rule', () => {
    fc.assert(
      fc.property(anyRules, fc.integer({ min: 100, max: 599 }), (given, status) => {
        expect(successRuleSchema.safeParse(given.success).success).toBe(true)
        const inRange = status >= (given.success.statusFrom ?? 0)
        const outcome = outcomeOf({ ...given, success: { ...given.success, body: { kind: 'none' } } }, '', {
          status,
        })
        expect(outcome.class === 'accepted').toBe(inRange)
      }),
    )
  })
})
