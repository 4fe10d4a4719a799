import { expect, test } from 'vitest'
import { formatJson, layOutJson } from '../../../renderer/lib/format-json.ts'
import { formatXml, layOutXml } from '../../../renderer/lib/format-xml.ts'
import { prettyBody } from '../../../renderer/features/messages/pretty-body.ts'

const json = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`
const xml = (levels: number) => `${'<a>'.repeat(levels)}<b/>${'</a>'.repeat(levels)}`

test.each([501, 30_000, 100_000])('what is nested %d deep stays as it is', (levels) => {
  for (const [text, layOut, format] of [
    [json(levels), layOutJson, formatJson],
    [xml(levels), layOutXml, formatXml],
  ] as const) {
    expect(layOut(text)).toBeNull()
    expect(format(text) === text).toBe(true)
  }
})

test('what is nested 400 deep is laid out', () => {
  expect(layOutJson(json(400))?.split('\n')).toHaveLength(801)
  expect(layOutXml(xml(400))?.split('\n')).toHaveLength(801)
})

test('an answer nested 30,000 deep is shown as it came', () => {
  expect(
    prettyBody(json(30_000))
      .map(({ text }) => text)
      .join('') === json(30_000),
  ).toBe(true)
})
