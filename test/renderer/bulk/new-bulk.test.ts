import { expect, it } from 'vitest'
import { fittedTo, setupOf, withAsked, type NewBulk } from '../../../renderer/features/bulk/new-bulk.ts'

const form: NewBulk = {
  name: '',
  target: { kind: 'route' },
  numberColumn: '',
  country: null,
  text: '',
  values: {},
  rate: '10',
  test: false,
}
const columns = { columns: ['phone', 'name'], numberColumn: 'phone' }
const files = { before: '', now: 'a.csv' }
const read = { delimiter: ',' as const, hasHeader: true }

it('begins with what fits the file, and keeps what was written where it still fits', () => {
  const first = fittedTo(form, columns, files)
  expect(first).toMatchObject({ name: 'a.csv', numberColumn: 'phone', text: 'Hello {{name}}' })
  const other = { columns: ['to', 'city'], numberColumn: 'to' }
  const again = fittedTo(first, other, { before: 'a.csv', now: 'b.csv' })
  expect(again).toMatchObject({ name: 'b.csv', numberColumn: 'to', text: 'Hello {{city}}' })
  const written = { ...first, name: 'Mine', text: 'Dear {{name}}', numberColumn: 'name' }
  expect(fittedTo(written, columns, { before: 'a.csv', now: 'b.csv' })).toEqual(written)
  expect(fittedTo(form, { columns: ['to'], numberColumn: 'to' }, files).text).toBe('Hello')
})

it('takes the column of the same name for a placeholder, whatever its case, and leaves what was typed', () => {
  expect(withAsked({ old: 'x', ref: 'R' }, ['Code', 'ref', 'none'], ['code'])).toEqual({
    Code: '{{code}}',
    ref: 'R',
    none: '',
  })
})

it('asks for what is missing, by field', () => {
  const whole = { ...form, name: 'N', numberColumn: 'phone', text: 'T' }
  expect(setupOf(whole, read).setup).toMatchObject({ perSecond: 10, delimiter: ',', hasHeader: true })
  expect(setupOf({ ...whole, rate: ' ' }, read).setup?.perSecond).toBeNull()
  expect(setupOf({ ...whole, rate: '0,5' }, read).setup?.perSecond).toBe(0.5)
  const paths = (wrong: Partial<NewBulk>) =>
    setupOf({ ...whole, ...wrong }, read).issues?.map(({ path }) => path)
  expect(paths({ rate: 'fast' })).toEqual(['perSecond'])
  expect(paths({ rate: '0' })).toEqual(['perSecond'])
  expect(paths({ target: null })).toEqual(['target'])
  expect(paths({ text: '', name: ' ' })).toEqual(['name', 'text'])
})
