import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asText, jsonPathIssue, readAll, readPath } from '#shared/json-path.ts'

const answer = {
  messages: [{ 'message-id': 'a1', status: 0 }],
  'a.b': { ok: true },
  nothing: null,
  $t: 'x',
  list: [{ id: null }, {}, { id: 'second' }, { id: 'third' }],
}

it.each([
  ['messages[0]["message-id"]', 'a1'],
  ["$.messages[0]['message-id']", 'a1'],
  ["$['messages'][ 0 ].status", 0],
  ['messages.0.status', 0],
  ['$', answer],
  ["['a.b'].ok", true],
  ['$t', 'x'],
  ['messages[1].status', undefined],
  ['nothing.more', undefined],
  ['constructor', undefined],
  ['messages.length', 1],
  ['__proto__.x', undefined],
  ['messages[*].status', 0],
  ['list[*].id', 'second'],
  ['list.*.id', 'second'],
  ['list[*].none', undefined],
])('reads %s', (path, value) => {
  expect(jsonPathIssue(path)).toBeNull()
  expect(readPath(answer, path)).toEqual(value)
})

it('finds every element’s value with [*], and only values that are there', () => {
  expect(readAll(answer, 'list[*].id')).toEqual([null, 'second', 'third'])
  expect(readAll(answer, '*.0')).toEqual([answer.messages[0], answer.list[0]])
  expect(readAll([[1, 2], [], [3]], '[*][*]')).toEqual([1, 2, 3])
})

it.each([
  ['a[[0', 'a number or', '“[[0” cannot be read'],
  ['a[', 'unclosed', 'cannot be read: write [0]'],
  ['a[-1]', 'negative', 'cannot be read'],
  ['a[0:2]', 'a slice', 'cannot be read'],
  ['a["x', 'an open quote', 'cannot be read'],
  ['a[x]', 'a bare name', 'cannot be read'],
  ['a[?(@.x)]', 'a filter', 'Filters'],
  ['$..id', 'any depth', '“..”'],
  ['a.', 'a dot at the end', 'missing after the last dot'],
  ['$.', 'nothing after the root', 'missing after the last dot'],
  ['a]', 'a stray bracket', 'before'],
  ['a[0]b', 'no dot', 'Write a dot before “b”'],
])('refuses %s (%s) in words, and finds nothing with it', (path, _what, words) => {
  expect(jsonPathIssue(path)).toContain(words)
  expect(readPath({ a: [{ b: 1 }] }, path)).toBeUndefined()
  expect(readAll({ a: [{ b: 1 }] }, path)).toEqual([])
})

it('finds whatever lies in a value by the steps that lead there', () => {
  const key = fc.string({ maxLength: 8 }).filter((text) => !text.includes('"') && text !== '__proto__')
  const step = fc.oneof(key, fc.nat(3))
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), fc.jsonValue(), (steps, leaf) => {
      const wrap = (inner: unknown, one: string | number) =>
        typeof one === 'number' ? [...Array<null>(one).fill(null), inner] : { [one]: inner }
      const value = steps.reduceRight(wrap, leaf as unknown)
      const path = steps.map((one) => (typeof one === 'number' ? `[${one}]` : `["${one}"]`)).join('')
      expect(readPath(value, path)).toEqual(leaf)
    }),
  )
})

it('takes any text for a path without throwing: it has an issue or can be read', () => {
  const piece = fc.constantFrom('$', '.', '[', ']', '0', '*', "'", '"', 'a', ' ', '?', '..', "['a']", '[*]')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.jsonValue(), (pieces, value) => {
      const path = pieces.join('')
      const issue = jsonPathIssue(path)
      const found = readAll(value, path)
      if (issue !== null) expect([found, issue]).toEqual([[], expect.stringMatching(/^[“A-Z].*\.$/)])
    }),
  )
})

describe('what is found, as text', () => {
  it('is as it is written, or JSON', () => {
    const values = ['x', 0, false, null, undefined, { a: 1 }]
    expect(values.map(asText)).toEqual(['x', '0', 'false', '', '', '{"a":1}'])
  })
})
