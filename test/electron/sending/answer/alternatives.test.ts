import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAlternatives } from '#shared/reading-expression.ts'
import { classifyAnswer } from '../../../../electron/sending/answer/classify-answer.ts'
import type { Rules } from '../../../../electron/sending/answer/judge.ts'

const answered = (messageId: string, body: string, more: Partial<Rules> = {}) => {
  const rules: Rules = {
    success: { statusFrom: 200, statusTo: 299, body: { kind: 'none' } },
    reading: { messageId, errorCode: '', errorText: '' },
    codes: [],
    ...more,
  }
  return classifyAnswer(rules, 'api.test', {
    status: 200,
    statusText: '',
    headers: [],
    body: Buffer.from(body),
  })
}
const idIn = (messageId: string, body: string) => answered(messageId, body).judgement.messageId

describe('alternatives of a reading', () => {
  it.each([
    ['messages[0].id || batch_id', '{"batch_id":"b"}', 'b'],
    ['messages[0].id || batch_id', '{"batch_id":"b","messages":[{"id":7}]}', '7'],
    ['a || b', '{"a":null,"b":"2"}', '2'],
    ['a || b', '{"a":"","b":"2"}', ''],
    ['a||b', '{"b":false}', 'false'],
    ['id || //id', '<r><id>x</id></r>', 'x'],
    ['/r/id || id', '{"id":"j"}', 'j'],
    ["['a||b'] || c", '{"a||b":"quoted"}', 'quoted'],
    ['id || ~^OK (\\d+) || (\\w+)', 'OK 12 || yes', '12'],
    ['~a||b', 'b', ''],
  ])('%j reads %s', (place, body, found) => {
    expect(idIn(place, body)).toBe(found)
  })

  it('give a pattern all that follows it', () => {
    expect(readAlternatives('a || ~x || y')).toEqual([
      { kind: 'json', path: 'a' },
      { kind: 'pattern', pattern: 'x || y' },
    ])
  })

  it('say together that nothing was found, and first what cannot be used', () => {
    const problem = (place: string, body: string) => answered(place, body).judgement.found.messageId.problem
    expect(problem('a || b', '{}')).toBe('Nothing is at any of these.')
    expect(problem('a || b', 'no json')).toBe('The answer cannot be read as JSON.')
    expect(problem('a || /b', '{}')).toBe('Nothing is at any of these.')
    expect(problem('a || b[[', '{}')).toContain('cannot be read: write [0]')
    expect(problem('a', '{}')).toBe('Nothing is at this path.')
  })

  it('name an error only by what was found', () => {
    const success: Rules['success'] = {
      statusFrom: 200,
      statusTo: 299,
      body: { kind: 'json', path: 'ok', equals: 'true' },
    }
    const codeOf = (errorCode: string, body: string) =>
      answered('', body, { success, reading: { messageId: '', errorCode, errorText: '' } }).outcome.code
    expect(codeOf('err || code', '{"err":0,"code":7}')).toBe('no_rule_reads_answer')
    expect(codeOf('err || code', '{"code":7}')).toBe('body_says_failure')
  })

  it('make an answer unreadable only where none of them can be read', () => {
    const success: Rules['success'] = {
      statusFrom: 200,
      statusTo: 299,
      body: { kind: 'contains', text: 'never' },
    }
    const outcomeOf = (errorCode: string, body: string) =>
      answered('', body, { success, reading: { messageId: '', errorCode, errorText: '' } }).outcome
    expect(outcomeOf('a || b', '<r/>')).toMatchObject({
      code: 'body_unreadable',
      facts: { expected: 'JSON' },
    })
    expect(outcomeOf('a || /r/a', '<r/>').code).toBe('no_rule_reads_answer')
    expect(outcomeOf('a || /r/a', 'text')).toMatchObject({ facts: { expected: 'JSON' } })
    expect(outcomeOf('a || ~(z)', 'text').code).toBe('no_rule_reads_answer')
  })
})

it('alternatives find what looking for one after the other finds', () => {
  const body = fc.oneof(
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(null, '', 'v', 0, 7, false)),
    fc.constantFrom('<r><a>x</a><b/></r>', 'OK 12', ''),
  )
  const place = fc.oneof(
    fc
      .constantFrom('a', 'b', 'c')
      .map((name) => ({ text: name, find: (root: unknown) => ofJson(root, name) })),
    fc.constantFrom('a', 'b', 'c').map((name) => ({
      text: `/r/${name}`,
      find: (root: unknown) =>
        typeof root === 'string' && root.startsWith('<r>')
          ? (new Map([
              ['a', 'x'],
              ['b', ''],
            ]).get(name) ?? null)
          : null,
    })),
  )
  const last = fc.constantFrom('OK (\\d+)', 'x||OK', '"(\\w)"').map((pattern) => ({
    text: `~${pattern}`,
    find: (root: unknown) => {
      const match = new RegExp(pattern).exec(typeof root === 'string' ? root : JSON.stringify(root))
      return match === null ? null : (match[1] ?? match[0])
    },
  }))
  const places = fc
    .tuple(fc.array(place, { minLength: 1, maxLength: 4 }), fc.option(last))
    .map(([some, end]) => (end === null ? some : [...some, end]))
  fc.assert(
    fc.property(body, places, fc.constantFrom('||', ' || ', '  ||'), (root, some, bars) => {
      const text = some.map((one) => one.text).join(bars)
      const expected = some.map((one) => one.find(root)).find((value) => value !== null) ?? ''
      expect(idIn(text, typeof root === 'string' ? root : JSON.stringify(root))).toBe(expected)
    }),
    { numRuns: 1000 },
  )
})

function ofJson(root: unknown, name: string): string | null {
  if (typeof root !== 'object' || root === null) return null
  const value = (root as Record<string, unknown>)[name]
  return value === undefined || value === null ? null : `${value as string | number | boolean}`
}
