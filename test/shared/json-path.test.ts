import { expect, it } from 'vitest'
import { asText, readPath } from '#shared/json-path.ts'

const answer = { messages: [{ 'message-id': 'a1', status: 0 }], 'a.b': { ok: true }, nothing: null }

it.each([
  ['messages[0]["message-id"]', 'a1'],
  ["$.messages[0]['message-id']", 'a1'],
  ['messages.0.status', 0],
  ['$', answer],
  ["['a.b'].ok", true],
  ['messages[1].status', undefined],
  ['nothing.more', undefined],
  ['constructor', undefined],
  ['messages.length', 1],
  ['__proto__.x', undefined],
])('reads %s', (path, value) => {
  expect(readPath(answer, path)).toEqual(value)
})

it('reads what it finds as text', () => {
  expect([asText('x'), asText(0), asText(false), asText(null), asText(undefined), asText({ a: 1 })]).toEqual([
    'x',
    '0',
    'false',
    '',
    '',
    '{"a":1}',
  ])
})
