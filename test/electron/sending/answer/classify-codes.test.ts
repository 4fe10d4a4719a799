import { describe, expect, it } from 'vitest'
import { verdictOf } from '#shared/verdict.ts'
import type { Rules } from '../../../../electron/sending/answer/judge.ts'
import { noReading, outcomeOf, rules } from '../../../helpers/answers.ts'

describe('a code of the vendor’s own', () => {
  const codes: Rules['codes'] = [
    { code: ' 21211 ', class: 'rejected' },
    { code: 'No_Credit', class: 'misconfigured' },
    { code: 'BUSY', class: 'unavailable' },
    { code: 'busy', class: 'unknown' },
  ]
  const given = rules(
    { kind: 'json', path: 'ok', equals: 'true' },
    {
      reading: { ...noReading, errorCode: 'code', errorText: 'text' },
      codes,
    },
  )

  it.each([
    [200, '{"code":21211,"text":"bad number"}', 'rejected'],
    [400, '{"code":"21211"}', 'rejected'],
    [401, '{"code":" no_credit "}', 'misconfigured'],
    [500, '{"code":"BUSY"}', 'unavailable'],
    [503, '{"code":"21211"}', 'rejected'],
    [429, '{"code":"NO_CREDIT"}', 'misconfigured'],
    [302, '{"code":"busy"}', 'unavailable'],
  ] as const)('decides before the status %i: %s is %s', (status, body, meaning) => {
    expect(outcomeOf(given, body, { status })).toMatchObject({ class: meaning, code: 'vendor_code' })
  })

  it('leaves accepted what the rule accepts, and others to their status', () => {
    expect(outcomeOf(given, '{"ok":true,"code":21211}').code).toBe('accepted')
    expect(outcomeOf(given, '{"code":2121}', { status: 429 }).code).toBe('rate_limited')
    expect(outcomeOf(given, '{"code":2121}').code).toBe('body_says_failure')
  })

  it('keeps the settings’ words for it with the outcome, unless it is accepted', () => {
    const words = { cause: 'The number is not in use', next: 'Correct the number.' }
    const told = { ...given, codes: [{ code: '21211', class: 'rejected' as const, ...words }, ...codes] }
    const outcome = outcomeOf(told, '{"code":21211,"text":"bad number."}', { status: 400 })
    expect(outcome.facts).toMatchObject({ codeCause: words.cause, codeNext: words.next })
    expect(verdictOf(outcome)).toEqual({
      title: 'The provider answered with code 21211',
      cause: 'The number is not in use. It says: bad number.',
      next: 'Correct the number.',
    })
    const { facts } = outcomeOf(told, '{"ok":true,"code":21211}')
    expect(facts.codeCause ?? facts.codeNext).toBeUndefined()
    const plain = verdictOf(outcomeOf(told, '{"code":"busy"}'))
    expect(plain.cause).toContain('settings say')
    expect(plain.next).toContain('Wait')
  })

  it('keeps what a 429 says of waiting', () => {
    const outcome = outcomeOf(given, '{"code":"busy"}', { status: 429, retryAfter: '7' })
    expect(outcome.facts.retryAfterSeconds).toBe(7)
  })
})
