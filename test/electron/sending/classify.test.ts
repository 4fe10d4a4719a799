import { describe, expect, it } from 'vitest'
import { classifyAnswer } from '../../../electron/sending/answer/classify-answer.ts'
import { classifyFailure } from '../../../electron/sending/classify.ts'
import { asFailure } from '../../../electron/sending/exchange-failure.ts'
import { emptyTrace } from '../../../electron/sending/exchange.ts'
import { settingsWith } from '../../helpers/settings.ts'

const settings = settingsWith({
  success: { statusFrom: 200, statusTo: 299, body: { kind: 'json', path: 'status', equals: 'ok' } },
  reading: { messageId: 'id', errorCode: 'error', errorText: 'text' },
})

const classOf = (body: string, status = 200, headers: { name: string; value: string }[] = []) =>
  classifyAnswer(settings, 'api.test', { status, statusText: '', headers, body: Buffer.from(body) })

describe('an answer that does not meet the rule', () => {
  it.each([
    '[]',
    '0',
    '"0"',
    '"000"',
    '0.0',
    'false',
    '{}',
    'null',
    '""',
    '" "',
    '"OK"',
    '"Success"',
    '"none"',
  ])('names no error with %s, so nobody knows whether it was taken', (error) => {
    const { outcome } = classOf(`{"error":${error}}`)
    expect(outcome).toMatchObject({ class: 'unknown', code: 'no_rule_reads_answer' })
    expect(classOf(`{"text":${error}}`).outcome.class).toBe('unknown')
  })

  it.each(['7', '-1', '"E100"', 'true', '"0012"'])('names an error with %s', (error) => {
    expect(classOf(`{"error":${error}}`).outcome.code).toBe('body_says_failure')
  })

  it('may nest deeper than the stack', () => {
    const deep = `{"error":${'['.repeat(60_000)}${']'.repeat(60_000)}}`
    expect(classOf(deep).outcome.class).toBe('unknown')
  })
})

it('leaves texts whole, as a secret that is cut is not recognised any more', () => {
  const long = 'x'.repeat(3000)
  const { outcome, judgement } = classOf(`{"text":"${long}","id":"${long}"}`, 302, [
    { name: 'Location', value: `http://x/${long}` },
  ])
  expect(outcome.facts.errorText).toBe(long)
  expect(outcome.facts.location).toBe(`http://x/${long}`)
  expect(judgement.messageId).toBe(long)
})

it.each(['UND_ERR_NOT_SUPPORTED', 'UND_ERR_INVALID_ARG'])('%s is a request that cannot be built', (code) => {
  const error = asFailure(Object.assign(new Error('expect header not supported'), { code }))
  const outcome = classifyFailure(error, 'api.test', emptyTrace())
  expect(outcome).toMatchObject({ class: 'misconfigured', code: 'request_not_renderable' })
  expect(outcome.facts.reason).toContain('expect header not supported')
})
