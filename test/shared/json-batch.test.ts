import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findBatchRecord } from '#shared/json-batch.ts'
import { settingsSchema, type ProviderSettings } from '#shared/settings.ts'
import { headerRows, settingsWith } from '../helpers/settings.ts'

function recordIn(body: string, array = 'messages'): string {
  const found = findBatchRecord(body, array)
  if (!found.ok) throw new Error(found.issue)
  return body.slice(found.start, found.end)
}

it.each([
  ['{"messages":[{"to":"$$To"}]}', '{"to":"$$To"}'],
  ['{"x": {"messages": [1]}, "messages" : [ {"a": ["]", {"b": "}"}]} ] }', '{"a": ["]", {"b": "}"}]}'],
  ['{"messages":["$$To"],"n":$$ttl}', '"$$To"'],
  ['{"messages": [\n  $$To\n]}', '$$To'],
  ['{"messages":[[{{secret:a}}]]}', '[{{secret:a}}]'],
  ['{"k":"messages","messages":[{{secret:a}}]}', '{{secret:a}}'],
  ['{"messages":[1],"messages":[2]}', '2'],
  ['{"\\u006dessages":[7]}', '7'],
])('finds the record of %s', (body, record) => {
  expect(recordIn(body)).toBe(record)
})

it.each([
  ['{"messages":[{]}', 'text', 'valid JSON'],
  ['', 'text', 'valid JSON'],
  ['[{"to":1}]', 'text', 'JSON object'],
  ['"$$To"', 'text', 'JSON object'],
  ['{"Messages":[1]}', 'array', 'no “messages”'],
  ['{"constructor":[1]}', 'array', 'no “messages”'],
  ['{"messages":{"to":1}}', 'array', 'not an array'],
  ['{"messages":[]}', 'text', 'exactly one'],
  ['{"messages":[1,2]}', 'text', 'exactly one'],
])('refuses %s in words', (body, field, words) => {
  expect(findBatchRecord(body, 'messages')).toMatchObject({
    ok: false,
    field,
    issue: expect.stringContaining(words),
  })
})

it('finds whatever stands in the array, in any body', () => {
  const layout = fc.constantFrom(undefined, 2, '\t')
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.dictionary(fc.string(), fc.jsonValue()),
      layout,
      (record, more, indent) => {
        const root = { ...more, the: [record] }
        // JSON has no -0: it is written as 0.
        const written: unknown = JSON.parse(JSON.stringify(record))
        expect(JSON.parse(recordIn(JSON.stringify(root, null, indent), 'the'))).toEqual(written)
      },
    ),
  )
})

describe('settings with batches', () => {
  const body = '{"from":"$$From","messages":[{"to":"$$To","text":"$$Body"}]}'
  const issuesOf = (changes: Partial<ProviderSettings>, text = body) => {
    const parameters = { kind: 'raw', contentType: 'application/json', text } as const
    const settings = settingsWith({ parameters, batch: { array: 'messages', size: 10 }, ...changes })
    const { error } = settingsSchema.safeParse(settings)
    return error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? []
  }

  it('are taken where all that differs stands in the record', () => {
    expect(issuesOf({})).toEqual([])
    expect(issuesOf({ batch: null }, '{"to":"$$To"}')).toEqual([])
    const contentType = { parameters: { kind: 'raw', contentType: '', text: body } } as const
    expect(issuesOf({ ...contentType, headers: headerRows({ 'content-type': 'text/json' }) })).toEqual([])
  })

  it('are refused with words at the field to mend', () => {
    const outside = expect.stringContaining('outside the record')
    expect(issuesOf({}, body.replace('From', 'MessageID'))).toEqual([['parameters.text', outside]])
    expect(issuesOf({ endpoint: 'http://x.test/$$To' })).toEqual([['endpoint', outside]])
    expect(issuesOf({ headers: headerRows({ a: '1', b: '$$Body' }) })).toEqual([['headers.1.value', outside]])
    expect(issuesOf({}, '{"messages":[]}')).toEqual([
      ['parameters.text', expect.stringContaining('one record')],
    ])
    expect(issuesOf({}, '{}')).toEqual([['batch.array', expect.stringContaining('no “messages”')]])
    const json = expect.stringContaining('raw JSON')
    expect(issuesOf({ method: 'GET' })).toEqual([['batch.array', json]])
    expect(issuesOf({ parameters: { kind: 'form', rows: [] } })).toEqual([['batch.array', json]])
    const xml = { kind: 'raw', contentType: 'text/xml', text: body } as const
    expect(issuesOf({ parameters: xml })).toEqual([['batch.array', json]])
  })
})
