import { describe, expect, it } from 'vitest'
import type { BodyTest } from '#shared/success-rule.ts'
import { verdictOf } from '#shared/verdict.ts'
import { classifyAnswer } from '../../../../electron/sending/answer/classify-answer.ts'
import { noReading, outcomeOf, rules } from '../../../helpers/answers.ts'

const json: BodyTest = { kind: 'json', path: 'results[*].status', equals: 'ok' }
const xml: BodyTest = { kind: 'xml', path: '/response/status', equals: 'ok' }

describe('an answer in XML', () => {
  const reading = { messageId: '//id', errorCode: '/response/@code', errorText: '//error' }
  const given = rules(xml, { reading })

  it('is accepted by its path, and its id read', () => {
    const body =
      '<?xml version="1.0"?><r:response code="0" xmlns:r="u"><status>ok</status><id>7</id></r:response>'
    const answer = { status: 200, statusText: '', headers: [], body: Buffer.from(`\uFEFF${body}`) }
    const { outcome, judgement } = classifyAnswer(given, 'api.test', answer)
    expect([outcome.code, judgement.messageId]).toEqual(['accepted', '7'])
  })

  it('says failure where it names an error', () => {
    const body = '<response code="E9"><status>no</status><error>Bad number</error></response>'
    const facts = { errorCode: 'E9', errorText: 'Bad number' }
    expect(outcomeOf(given, body)).toMatchObject({ code: 'body_says_failure', facts })
  })
})

it('reads ids and errors of plain text by pattern', () => {
  const reading = { messageId: '~^OK (\\S+)', errorCode: '~^ERR:\\d+', errorText: '~^ERR:\\d+ (.*)' }
  const given = rules({ kind: 'matches', pattern: '^OK' }, { reading })
  const answer = { status: 200, statusText: '', headers: [], body: Buffer.from('OK abc-1') }
  expect(classifyAnswer(given, 'api.test', answer).judgement.messageId).toBe('abc-1')
  expect(outcomeOf(given, 'ERR:101 No credit')).toMatchObject({
    code: 'body_says_failure',
    facts: { errorCode: 'ERR:101', errorText: 'No credit' },
  })
})

it('accepts what any element of an array says', () => {
  const body = (status: string) => `{"results":[{"status":"bad"},{"status":"${status}"}]}`
  expect(outcomeOf(rules(json), body('ok')).code).toBe('accepted')
  expect(outcomeOf(rules(json), body('no')).code).toBe('no_rule_reads_answer')
})

describe('further values of a JSON test', () => {
  const test: BodyTest = { kind: 'json', path: 'status', equals: '100', or: ['true', 'queued'] }

  it.each([
    ['{"status":100}', 'accepted'],
    ['{"status":"100"}', 'accepted'],
    ['{"status":true}', 'accepted'],
    ['{"status":"true"}', 'accepted'],
    ['{"status":"queued"}', 'accepted'],
    ['{"status":1e2}', 'accepted'],
    ['{"status":101}', 'no_rule_reads_answer'],
    ['{"status":"Queued"}', 'no_rule_reads_answer'],
    ['{"status":null}', 'no_rule_reads_answer'],
    ['{}', 'no_rule_reads_answer'],
  ])('%s is %s', (body, code) => {
    expect(outcomeOf(rules(test), body).code).toBe(code)
  })

  it('hold for any element, and the one that fits is shown', () => {
    const answer = { status: 200, statusText: '', headers: [], body: Buffer.from('[{"s":"x"},{"s":2}]') }
    const any: BodyTest = { kind: 'json', path: '[*].s', equals: '1', or: ['2'] }
    const { judgement } = classifyAnswer(rules(any), null, answer)
    expect([judgement.bodyFits, judgement.found.body.value]).toEqual([true, '2'])
  })

  it('do not narrow a test that only asks for a value', () => {
    expect(outcomeOf(rules({ ...test, equals: '' }), '{"status":"x"}').code).toBe('accepted')
  })
})

describe('a body that the rule cannot read', () => {
  it.each([
    [json, '<html>Log in</html>', 'text/html; charset=utf-8', 'answer_not_of_its_type', 'JSON'],
    [json, 'ERROR', 'text/plain', 'answer_not_of_its_type', 'JSON'],
    [json, '<r/>', 'application/xml', 'answer_not_of_its_type', 'JSON'],
    [json, '{"results":[', 'application/json', 'body_unreadable', 'JSON'],
    [json, '{"results":[', 'application/problem+json', 'body_unreadable', 'JSON'],
    [json, '', undefined, 'body_unreadable', 'JSON'],
    [xml, '<response><status>ok', 'text/xml', 'body_unreadable', 'XML'],
    [xml, '{"status":"ok"}', 'application/json', 'answer_not_of_its_type', 'XML'],
    [xml, '<html><body><p>x<br></body></html>', 'text/html', 'answer_not_of_its_type', 'XML'],
    [xml, '<html xmlns="x"><body/></html>', 'application/xhtml+xml', 'answer_not_of_its_type', 'XML'],
    [xml, '<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>', 'text/xml', 'body_unreadable', 'XML'],
  ] as const)('%j, %s as %s: %s', (test, body, type, code, expected) => {
    const outcome = outcomeOf(rules(test), body, type === undefined ? {} : { type })
    expect(outcome).toMatchObject({ class: 'unknown', code, facts: { expected, contentType: type ?? '' } })
    expect(verdictOf(outcome).title).toContain(expected)
  })

  it('is not one that only begins with a byte order mark', () => {
    expect(outcomeOf(rules(json), '\uFEFF{"results":[{"status":"ok"}]}').code).toBe('accepted')
    expect(outcomeOf(rules({ kind: 'matches', pattern: '^OK$' }), '\uFEFFOK').code).toBe('accepted')
  })

  it('is read all the same when only its type is wrong', () => {
    expect(outcomeOf(rules(json), '{"results":[{"status":"ok"}]}', { type: 'text/html' }).code).toBe(
      'accepted',
    )
  })

  it('counts by the readings where the test reads plain text', () => {
    const given = rules({ kind: 'contains', text: 'ok' }, { reading: { ...noReading, errorCode: 'code' } })
    expect(outcomeOf(given, '<html>', { type: 'text/html' }).code).toBe('answer_not_of_its_type')
    expect(outcomeOf(rules({ kind: 'contains', text: 'ok' }), '<html>').code).toBe('no_rule_reads_answer')
  })

  it('leaves an accepted answer accepted, and a status that says more in charge', () => {
    const readings = { reading: { ...noReading, messageId: 'id' } }
    expect(outcomeOf(rules({ kind: 'none' }, readings), 'OK').code).toBe('accepted')
    expect(outcomeOf(rules(json), '<html>', { status: 502, type: 'text/html' }).code).toBe('bad_gateway')
  })
})
