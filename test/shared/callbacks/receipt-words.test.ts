import { expect, it } from 'vitest'
import { meaningsOf, receiptWords } from '#shared/callbacks/read/receipt-words.ts'
import { platformName } from '#shared/callbacks/read/platform.ts'

const codes = [
  { code: '30003', class: 'rejected', cause: 'The phone is unreachable', next: 'Try later.' },
  { code: 'BLACKLIST', class: 'rejected', cause: 'The number is blocked.', next: 'Leave it out.' },
] as const
const item = { state: 'undelivered', word: 'undelivered', errorCode: null, errorText: null } as const

it('says cause and next step by the code, else by the state', () => {
  expect(receiptWords({ ...item, errorCode: '30003', errorText: 'Unreachable' }, codes)).toEqual({
    title: 'It did not arrive (code 30003)',
    cause: 'The phone is unreachable. It says: Unreachable.',
    next: 'Try later.',
  })
  expect(receiptWords({ ...item, state: 'rejected', word: 'blacklist' }, codes).cause).toBe(
    'The number is blocked.',
  )
  expect(receiptWords({ ...item, errorCode: '9' }, codes).next).toContain('Try again later')
  expect(receiptWords({ ...item, state: 'delivered', errorCode: '30003' }, codes).title).toBe('Delivered')
  expect(receiptWords({ ...item, state: null, word: 'gone' }, codes).title).toBe(
    'The word “gone” is not known',
  )
})

it('puts a format’s own codes before the vendor’s, and takes the platform’s for its JSON', () => {
  const own = [
    { name: 'Receipts', codes: [{ code: '30003', class: 'unknown', cause: 'Another.', next: 'Ask.' }] },
  ] as const
  expect(receiptWords({ ...item, errorCode: '30003' }, meaningsOf('Receipts', own, codes)).cause).toBe(
    'Another.',
  )
  expect(receiptWords({ ...item, errorCode: '30003' }, meaningsOf('Other', own, codes)).next).toBe(
    'Try later.',
  )
  const words = receiptWords(
    { ...item, state: 'rejected', errorCode: '901' },
    meaningsOf(platformName, own, codes),
  )
  expect(words.cause).toContain('do-not-disturb')
})
