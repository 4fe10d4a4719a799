import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowsToText, textToRows } from '../../../renderer/features/provider-form/rows/rows-text.ts'

const on = (name: string, value: string) => ({ name, value, enabled: true })

test('rows are lines, those switched off behind a #, secrets by their reference', () => {
  const rows = [on('X-Key', '{{secret:key}}'), { ...on('to', '$$To'), enabled: false }, on('empty', '')]
  expect(rowsToText(rows)).toBe('X-Key: {{secret:key}}\n# to: $$To\nempty:')
  expect(textToRows(rowsToText(rows))).toEqual(rows)
})

test('what would not come back as it was is quoted', () => {
  const rows = [on('text', 'two\nlines'), on('a:b', ' x '), on('#tag', '"quoted"'), on('', 'nameless')]
  expect(rowsToText(rows)).toBe(
    ['text: "two\\nlines"', '"a:b": " x "', '"#tag": "\\"quoted\\""', '"": nameless'].join('\n'),
  )
  expect(textToRows(rowsToText(rows))).toEqual(rows)
})

test('what people type by hand is read', () => {
  expect(textToRows('a=1\r\n\n  b : 2  \nurl=https://x/?y=z\n#c:3\nd\te\nalone\nbad: "x" y')).toEqual([
    on('a', '1'),
    on('b', '2'),
    on('url', 'https://x/?y=z'),
    { ...on('c', '3'), enabled: false },
    on('d', 'e'),
    on('alone', ''),
    on('bad', '"x" y'),
  ])
})

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(':', '=', '#', '"', '\\', ' ', '\t', '\n', '\r', 'a', '\ud83d', '\u2028'),
  }),
  fc.constantFrom('{{secret:api-key}}', '$$To', '"', '""', '# x', '\\n'),
)
const anyRows = fc.array(fc.record({ name: anyText, value: anyText, enabled: fc.boolean() }), {
  maxLength: 8,
})

test('any rows come back from their text exactly', () => {
  fc.assert(
    fc.property(anyRows, (rows) => void expect(textToRows(rowsToText(rows))).toEqual(rows)),
    {
      numRuns: 3000,
    },
  )
})

test('any text is read, and its own text gives the same rows again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), anyText, (one, two) => {
      const rows = textToRows(`${one}\n${two}`)
      expect(textToRows(rowsToText(rows))).toEqual(rows)
    }),
  )
})
