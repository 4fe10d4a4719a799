import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvRow } from '#shared/csv-text.ts'

it('keeps formulas from being run, leaves numbers as they are, and empties what is not there', () => {
  expect(csvRow(['=1+1', '+44 20', '-5', '@a', '\tx', '\rx', '＝1'])).toBe(
    `'=1+1,'+44 20,'-5,'@a,"'\tx","'\rx",'＝1\r\n`,
  )
  expect(csvRow([-5, 0.25, null, '', 'plain'])).toBe('-5,0.25,,,plain\r\n')
})

it('is read back as it was written, whatever stands in a cell', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 }), (cells) => {
      const [row] = parse(csvRow(cells), { skip_records_with_empty_values: false }) as string[][]
      const withoutQuote = row?.map((cell, index) => (cell === cells[index] ? cell : cell.replace(/^'/, '')))
      expect(withoutQuote).toEqual(cells)
    }),
  )
})
