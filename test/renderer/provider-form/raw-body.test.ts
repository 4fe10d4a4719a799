import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withStandIns } from '#shared/placeholders.ts'
import {
  bodyProblem,
  kindOfBody,
  placeOf,
} from '../../../renderer/features/provider-form/raw/body-problem.ts'
import { formatJson } from '../../../renderer/lib/format-json.ts'
import { formatXml } from '../../../renderer/lib/format-xml.ts'
import { jsonProblem } from '#shared/json-problem.ts'

function reads(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('what is wrong with a JSON body, and where', () => {
  test('placeholders and secrets stand for values, in strings or bare', () => {
    const body = '{"to": "$$To", "text": $$Body, "ttl": $$ttl, "key": "{{secret:key}}", "b": {{secret:b}}}'
    expect(bodyProblem(body, 'json')).toBeNull()
    expect(withStandIns(body)).toHaveLength(body.length)
  })

  test.each([
    ['{\n  "to": "$$To"\n  "text": "x"\n}', 3, 3, 'A comma is missing before this.'],
    ['{"a": 1,}', 1, 9, 'The comma before this is one too many.'],
    ['{"a": $$Body,, "b": 1}', 1, 14, 'This comma is one too many.'],
    ["{'a': 1}", 1, 2, 'Names stand in double quotes.'],
    ['{"a": hello}', 1, 7, 'This is no value. Text stands in double quotes.'],
    ['{"a" 1}', 1, 6, 'A colon is missing before this.'],
    ['{"a": }', 1, 7, 'A value is missing before this, or the comma is one too many.'],
    ['{"a": [1, 2}', 1, 12, 'This } closes what it did not open.'],
    ['{"a": 1', 1, 8, 'The end comes too soon: a } is missing.'],
    ['{"a": 1} x', 1, 10, 'The JSON ends before this.'],
    ['{"a": "x\ny"}', 1, 7, 'This string has no closing quote; a line break in it is written \\n.'],
    ['{"a": "\\x"}', 1, 8, 'This backslash stands before nothing that it can escape.'],
    ['{"a": "\t"}', 1, 8, 'This control character has to be escaped, a tab as \\t.'],
  ])('%j: line %i, column %i', (text, line, column, message) => {
    const problem = bodyProblem(text, 'json')
    expect(problem?.message).toBe(message)
    expect(placeOf(text, problem?.from ?? -1)).toEqual({ line, column })
  })

  test('it finds something exactly where JSON.parse does, whatever the text', () => {
    const pieces = fc.constantFrom(
      ...'{}[],: \n"\\"',
      '"a"',
      '12',
      '-0.5e3',
      '01',
      'true',
      'nul',
      '\\u00e9',
      '\t',
      'é',
    )
    const anyText = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''))
    const nearly = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', '\\', '0'))
      .map(
        ([text, at, by]) =>
          text.slice(0, at % (text.length + 1)) + by + text.slice((at % (text.length + 1)) + 1),
      )
    fc.assert(
      fc.property(fc.oneof(anyText, nearly, fc.json()), (text) => {
        expect(jsonProblem(text) === null).toBe(reads(text))
      }),
      { numRuns: 5000 },
    )
  })

  test('a bracket opened a hundred thousand times is no strain', () => {
    expect(jsonProblem('['.repeat(100_000))?.from).toBe(100_000)
  })
})

describe('Format', () => {
  test('lays JSON out and keeps placeholders, numbers and escapes letter by letter', () => {
    const body =
      '{"to":"$$To","n":12345678901234567890.0,"e":"\\u00e9","bare":$$x,"s":{{secret:k}},"l":[1,[],{}]}'
    expect(formatJson(body)).toBe(
      [
        '{',
        '  "to": "$$To",',
        '  "n": 12345678901234567890.0,',
        '  "e": "\\u00e9",',
        '  "bare": $$x,',
        '  "s": {{secret:k}},',
        '  "l": [',
        '    1,',
        '    [],',
        '    {}',
        '  ]',
        '}',
      ].join('\n'),
    )
  })

  test('any JSON stays what it is, and a second time changes nothing', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const formatted = formatJson(text)
        expect(JSON.parse(formatted)).toEqual(JSON.parse(text))
        expect(formatJson(formatted)).toBe(formatted)
      }),
    )
  })

  test('lays XML out, and leaves what holds text alone', () => {
    const body =
      '<?xml version="1.0"?><!-- a --><sms a="x > y"><to>$$To</to><b> <c/></b><text>Hi <i>you</i> $$Body</text><d> </d><e><![CDATA[ <x> ]]></e></sms>'
    const formatted = formatXml(body)
    expect(formatted).toBe(
      [
        '<?xml version="1.0"?>',
        '<!-- a -->',
        '<sms a="x > y">',
        '  <to>$$To</to>',
        '  <b>',
        '    <c/>',
        '  </b>',
        '  <text>Hi <i>you</i> $$Body</text>',
        '  <d> </d>',
        '  <e><![CDATA[ <x> ]]></e>',
        '</sms>',
      ].join('\n'),
    )
    expect(formatXml(formatted)).toBe(formatted)
  })

  test.each(['<!', '<a "', '<![CDATA[', '<!--', '<?', '<!DOCTYPE a [', '<a b="c" '])(
    'leaves %j, again and again and never closed, as it is, and is not held up by it',
    (piece) => {
      // Tried from every start to the end, this would take minutes.
      const text = `<a>${piece.repeat(30_000)}`
      expect(formatXml(text)).toBe(text)
    },
  )
})

test.each([
  ['application/json; charset=utf-8', 'json'],
  ['application/vnd.api+json', 'json'],
  ['text/xml', 'xml'],
  ['application/soap+xml', 'xml'],
  ['text/plain', 'text'],
  ['', 'text'],
])('%j is edited as %s', (contentType, kind) => expect(kindOfBody(contentType)).toBe(kind))
