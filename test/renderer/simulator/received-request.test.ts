import { expect, test } from 'vitest'
import {
  fieldsOf,
  outcomeWord,
  responseOf,
  sizeOf,
} from '../../../renderer/features/simulator/received-request.ts'
import {
  filterOf,
  queryWith,
  requestFits,
  type RequestFilter,
} from '../../../renderer/features/simulator/request-filter.ts'
import { marksOf, vendorChoices } from '../../../renderer/features/simulator/vendor-marks.ts'
import { received } from './received.ts'

const refused = { status: 400, accepted: false, answer: 'MessagingServiceSid must be MG and 32 hex digits' }
const all = [
  received('accepted'),
  received('refused', { ...refused, vendor: 'twilio' }),
  received('late', { fault: 'Answered 3 s late' }),
  received('reset', { fault: 'Connection reset', accepted: false, status: 0, response: null }),
]
const markOf = marksOf([{ id: 'twilio', name: 'Twilio', initials: 'TW', colour: '#f22f46', apis: [] }])
const found = (filter: Partial<RequestFilter>, search = '') =>
  all.filter(requestFits({ vendor: null, outcome: 'all', ...filter }, search, markOf)).map(({ id }) => id)

test('requests are found by vendor and by what became of them', () => {
  expect(found({ vendor: 'twilio' })).toEqual(['refused'])
  expect(found({ outcome: 'accepted' })).toEqual(['accepted', 'late'])
  expect(found({ outcome: 'refused' })).toEqual(['refused'])
  expect(found({ outcome: 'fault' })).toEqual(['late', 'reset'])
})

test.each([
  ['32 HEX', ['refused']],
  ['twilio', ['refused']],
  ['+1 (415) 555', ['accepted', 'refused', 'late', 'reset']],
  ['400', ['refused']],
  ['3 s late', ['late']],
  ['nothing of it', []],
])('a search for %s', (search, ids) => {
  expect(found({}, search)).toEqual(ids)
})

test('the filter stands in the address, and what is not known is left out', () => {
  const filter: RequestFilter = { vendor: 'twilio', outcome: 'fault' }
  expect(filterOf(queryWith({}, filter) as Record<string, string>)).toEqual(filter)
  expect(queryWith({ request: 'x', vendor: 'y' }, { vendor: null, outcome: 'all' })).toEqual({ request: 'x' })
  expect(filterOf({ outcome: 'wrong', vendor: ['a', 'b'] })).toEqual({ vendor: null, outcome: 'all' })
})

test('what became of a request, in a word', () => {
  expect(all.map((message) => outcomeWord(message).word)).toEqual([
    'Accepted',
    'Refused',
    'Accepted, with a fault',
    'Met a fault',
  ])
  expect(outcomeWord(received('x', { status: 0, accepted: false })).word).toBe('Not answered')
})

test('the query and a form are read as fields, JSON is left to be a body', () => {
  const request = (headers: { name: string; value: string }[], body: string) =>
    received('x', { request: { method: 'POST', path: '/a?user=me&x=', headers, body } }).request
  const type = (value: string) => [{ name: 'Content-Type', value }]
  const query = {
    title: 'Query',
    rows: [
      { name: 'user', value: ['me'] },
      { name: 'x', value: [''] },
    ],
  }
  expect(
    fieldsOf(request(type('application/x-www-form-urlencoded; charset=utf-8'), 'To=%2B1&Body=a+b')),
  ).toEqual([
    query,
    {
      title: 'Form',
      rows: [
        { name: 'To', value: ['+1'] },
        { name: 'Body', value: ['a b'] },
      ],
    },
  ])
  expect(fieldsOf(request(type('application/json'), '{"a":"b=c"}'))).toEqual([query])
})

test('a body whose end was not kept has the size that was sent', () => {
  expect(sizeOf([{ name: 'Content-Length', value: '50' }], 'abc')).toBe(50)
  expect(sizeOf([{ name: 'content-length', value: 'x' }], 'é')).toBe(2)
  expect(responseOf(all[3]!)).toBeNull()
})

test('vendors are named and marked; one that is not known goes by its id', () => {
  expect(markOf('twilio').name).toBe('Twilio')
  expect(markOf('gone')).toMatchObject({ name: 'gone', initials: 'GO' })
  expect(vendorChoices([], 'Every vendor')).toEqual([{ value: '', label: 'Every vendor' }])
})
