import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asText, readPath } from '#shared/json-path.ts'
import { parseXml } from '#shared/xml-document.ts'
import { readXml } from '#shared/xml-path.ts'
import { answerLines } from '../../../renderer/features/provider-form/answer/answer-lines.ts'

const piecesOf = (body: string) => answerLines(body)?.lines.flatMap(({ pieces }) => pieces) ?? []
const paths = (body: string) => piecesOf(body).flatMap(({ path, value }) => (path ? [[path, value]] : []))
const written = (body: string) =>
  answerLines(body)
    ?.lines.map(({ depth, pieces }) => ' '.repeat(depth) + pieces.map(({ text }) => text).join(''))
    .join('\n')

describe('an answer’s values', () => {
  test('of JSON know their paths, and numbers stay as they are written', () => {
    const body =
      '{"messages":[{"message-id":"a1","cost":0.10},{"id":12345678901234567890}],"a b":true,"x":null}'
    expect(paths(body)).toEqual([
      ['messages[0].message-id', 'a1'],
      ['messages[0].cost', '0.10'],
      ['messages[1].id', '12345678901234567890'],
      ["['a b']", 'true'],
    ])
    expect(JSON.parse(written(body)!.replaceAll('\n', ''))).toEqual(JSON.parse(body))
  })

  test('below keys with quotes know theirs as far as a path can spell them', () => {
    expect(
      paths(String.raw`{"it's": 1, "say \"hi\"": {"a": 2}, "it's \"both\"": 3, "": 4, "~x": 5}`),
    ).toEqual([
      [`["it's"]`, '1'],
      [`['say "hi"'].a`, '2'],
      [`['']`, '4'],
      [`['~x']`, '5'],
    ])
  })

  test('of XML know theirs, attributes and repeated elements too', () => {
    const body = '<?xml version="1.0"?><r xmlns="urn:x" code="0"><m><id>a</id></m><m><id>b</id><e/></m></r>'
    expect(paths(body)).toEqual([
      ['/r/@code', '0'],
      ['/r/m[1]/id', 'a'],
      ['/r/m[2]/id', 'b'],
    ])
  })

  test('are none in plain text or a page for people', () => {
    expect(answerLines('OK 12345')).toBeNull()
    expect(answerLines('<html><body>Bad gateway</body></html>')).toBeNull()
    expect(answerLines('')).toBeNull()
  })

  test('are cut off where nobody reads on', () => {
    expect(
      answerLines(JSON.stringify(Array.from({ length: 5000 }, (_, at) => at)))!.lines.length,
    ).toBeLessThan(1010)
  })

  test('of any JSON are found again by their paths', () => {
    const leaf = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean(), fc.constant(null))
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { maxKeys: 4 }),
      ),
    }))
    fc.assert(
      fc.property(value, (answer) => {
        for (const [path, read] of paths(JSON.stringify(answer)))
          expect(asText(readPath(answer, path!))).toBe(read)
      }),
    )
  })

  test('of any XML are found again by their paths', () => {
    const name = fc.constantFrom('a', 'b', 'x:a', 'y:a', 'c-d')
    const leaf = fc
      .tuple(name, fc.constantFrom('1', 'two', ' three '))
      .map(([n, t]) => `<${n} k="v">${t}</${n}>`)
    const { element } = fc.letrec<{ element: string }>((tie) => ({
      element: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc
          .tuple(name, fc.array(tie('element'), { maxLength: 4 }))
          .map(([n, inner]) => `<${n}>${inner.join('')}</${n}>`),
      ),
    }))
    fc.assert(
      fc.property(element, (body) => {
        const root = parseXml(body)!
        for (const [path, value] of paths(body)) expect(readXml(root, path!)[0]).toBe(value)
      }),
    )
  })
})
