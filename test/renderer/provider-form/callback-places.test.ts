import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeCallback, type DecodedCallback } from '#shared/callbacks/read/decode.ts'
import { Places, type RecordPlace } from '#shared/callbacks/read/places.ts'
import { asText } from '#shared/json-path.ts'
import type { AnswerLine } from '../../../renderer/features/provider-form/answer/answer-line.ts'
import {
  fieldGroups,
  type FieldPiece,
} from '../../../renderer/features/provider-form/callbacks/field-lines.ts'
import {
  changeItems,
  itemsPath,
  mappingUses,
  writeUse,
  type PlaceFields,
} from '../../../renderer/features/provider-form/callbacks/mapping-uses.ts'
import {
  SamplePlaces,
  type FieldPlace,
} from '../../../renderer/features/provider-form/callbacks/sample-places.ts'

const post = (body: string, query = '', contentType = 'application/json') =>
  decodeCallback({ method: 'POST', query, contentType, body })
const [useId] = mappingUses.receipts
const emptyFields = (): PlaceFields => ({ itemsAt: '', id: '', reference: '', to: '', status: '' })

function piecesOf(decoded: DecodedCallback, body: string, itemsAt = ''): FieldPiece[] {
  const groups = fieldGroups(decoded, body, new SamplePlaces(decoded, itemsAt))
  return groups.flatMap(({ lines }) => lines.flatMap(({ pieces }: AnswerLine) => pieces as FieldPiece[]))
}
const valuesOf = (decoded: DecodedCallback, body: string, itemsAt = '') =>
  piecesOf(decoded, body, itemsAt).filter(({ kind, place }) => kind === 'value' && place)

/** JSON within a text. */
class InText {
  readonly inner: unknown
  constructor(inner: unknown) {
    this.inner = inner
  }
}
type Tree = null | string | Tree[] | InText | { [key: string]: Tree }

/** With another value at each leaf, so that what is read says where it was read. */
function told(value: unknown, leaves: { count: number }): unknown {
  if (value === null) return null
  if (value instanceof InText) return JSON.stringify(told(value.inner, leaves))
  if (Array.isArray(value)) return value.map((one) => told(one, leaves))
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, told(one, leaves)]))
  leaves.count += 1
  return value === 'number' ? leaves.count : `v${leaves.count}`
}

/** What the path finds in each record. */
function reads(decoded: DecodedCallback, itemsAt: string, path: string): string[] {
  const places = new Places(decoded)
  return places.records(itemsAt).records.map((record: RecordPlace) => asText(places.find(record, path)))
}

describe('a value of a request', () => {
  test('of any JSON, with JSON in its texts, is read by the path that a click on it writes', () => {
    const key = fc.oneof(fc.constantFrom('id', 'ID', 'to', 'a b', "it's", '__proto__', 'length'), fc.string())
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('leaf', 'number', null),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
        tie('tree').map((inner) => new InText(inner)),
      ),
    }))
    let inRecords = 0
    fc.assert(
      fc.property(
        fc.dictionary(key, tree, { minKeys: 1, maxKeys: 4 }),
        fc.constantFrom('', 'id=q&x=y'),
        (value, query) => {
          const body = JSON.stringify(told(value, { count: 0 }))
          const decoded = post(body, query)
          for (const { place, value: shown } of valuesOf(decoded, body)) {
            const fields = emptyFields()
            const written = writeUse(fields, useId!, place!, decoded)
            if (written && shown !== '')
              expect(reads(decoded, fields['itemsAt']!, written.path)).toContain(shown)
          }
          const lists = piecesOf(decoded, body).filter(({ isList }) => isList)
          for (const { place } of lists.slice(0, 3)) {
            const itemsAt = itemsPath((place as Exclude<FieldPlace, { in: 'xml' }>).steps, decoded)
            for (const { path, value: shown } of valuesOf(decoded, body, itemsAt!)) {
              inRecords += 1
              if (shown !== '') expect(reads(decoded, itemsAt!, path!)).toContain(shown)
            }
          }
        },
      ),
      { numRuns: 600 },
    )
    expect(inRecords).toBeGreaterThan(100)
  })

  test('stays the same when other entries are read as the records, and when that is taken back', () => {
    const entry = fc.record({
      id: fc.integer(),
      nested: fc.record({ word: fc.stringMatching(/^[a-z]{1,5}$/) }),
    })
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 4 }), fc.string(), (results, batch) => {
        const decoded = post(JSON.stringify({ batch, results }))
        const fields = {
          ...emptyFields(),
          id: 'results[0].id',
          status: 'results[0].nested.word || gone',
          reference: 'batch',
        }
        changeItems(fields, decoded, 'results[*]')
        expect(fields).toMatchObject({ itemsAt: 'results[*]', id: 'id', status: 'nested.word || gone' })
        expect(reads(decoded, 'results[*]', fields.id)).toEqual(results.map(({ id }) => String(id)))
        changeItems(fields, decoded, '')
        expect(fields).toMatchObject({ itemsAt: '', id: 'results[0].id', reference: 'batch' })
      }),
    )
  })
})

describe('the first value of a record that one chooses', () => {
  test('makes the list that it stands in the records, and names it from there', () => {
    const body = '{"batch":"b","groups":[{"n":1,"messages":[{"id":"m1"},{"id":"m2"}]}]}'
    const decoded = post(body)
    const fields = emptyFields()
    const piece = valuesOf(decoded, body).find(({ value }) => value === 'm2')
    expect(writeUse(fields, useId!, piece!.place!, decoded)).toEqual({
      path: 'id',
      before: '',
      list: 'groups[*].messages[*]',
    })
    expect(reads(decoded, fields['itemsAt']!, 'id')).toEqual(['m1', 'm2'])
    // What stands around the record is named from where it stands.
    const around = valuesOf(decoded, body, fields['itemsAt']).map(({ path, value }) => [path, value])
    expect(around).toEqual([
      ['batch', 'b'],
      ['n', '1'],
      ['id', 'm1'],
      ['id', 'm2'],
    ])
  })

  test('does not when it is no list’s, nor when a place is named already', () => {
    const decoded = post('{"id":"a","errors":[{"code":5}]}')
    const place = { in: 'whole', steps: ['errors', 0, 'code'] } as const
    const fields = emptyFields()
    expect(writeUse(fields, useId!, { in: 'whole', steps: ['id'] }, decoded)?.list).toBeNull()
    expect(writeUse(fields, mappingUses.receipts[2]!, place, decoded)).toEqual({
      path: 'errors[0].code',
      before: '',
      list: null,
    })
    expect(fields['itemsAt']).toBe('')
    expect(writeUse(fields, useId!, place, decoded)?.before).toBe('id')
  })
})

test('a list that is the whole request is read entry by entry as it is', () => {
  const decoded = post('[{"id":"a"},{"id":"b"}]')
  const fields = emptyFields()
  expect(writeUse(fields, useId!, { in: 'whole', steps: [1, 'id'] }, decoded)?.path).toBe('id')
  expect(fields['itemsAt']).toBe('')
  expect(itemsPath(['list'], post('{"list":[]}'))).toBe('list[*]')
})

test('fields of forms, queries and XML can be chosen; what is read from elsewhere first cannot', () => {
  const form = post(
    'Status=DELIVRD&a.b=1&id=x&data=%5B%7B%22n%22%3A1%7D%5D',
    'id=other&key=k',
    'application/x-www-form-urlencoded',
  )
  expect(valuesOf(form, '').map(({ path, value }) => [path, value])).toEqual([
    ['Status', 'DELIVRD'],
    ["['a.b']", '1'],
    ['id', 'x'],
    ['data[0].n', '1'],
    ['key', 'k'],
  ])
  const get = decodeCallback({ method: 'GET', query: 'id=1&st=2', contentType: '', body: '' })
  expect(valuesOf(get, '').map(({ path }) => path)).toEqual(['id', 'st'])
  const xml = '<dlr id="7"><state>ok</state></dlr>'
  const decoded = post(xml, '', 'text/xml')
  for (const { path, value } of valuesOf(decoded, xml)) expect(reads(decoded, '', path!)).toEqual([value])
  expect(valuesOf(decoded, xml).map(({ path }) => path)).toEqual(['/dlr/@id', '/dlr/state'])
})
