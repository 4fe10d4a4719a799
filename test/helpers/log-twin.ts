import fc from 'fast-check'
import type { LogFilter } from '#shared/message-log.ts'
import { shownStates } from '#shared/message.ts'
import { logRow, type LogRow } from './log-rows.ts'

const provider = '0199a0a0-0000-7000-8000-000000000001'
const other = '0199a0a0-0000-7000-8000-000000000002'
const group = '0199a0a0-0000-7000-8000-000000000003'
const day = 1_700_000_000_000

const texts = [
  'Your code is 123456',
  'Say "hello" to O’Brien',
  '100 % off, today_only',
  'NEAR(a b) AND NOT *',
  '🎉 Party 🎉 at 9',
  'مرحبا بك في الخدمة',
  'GRÜSSE aus Köln',
  'Straße 5, Ёлка, 한글, プール',
  'Gru\u0308sse',
  '你好，世界',
  "it's; DROP TABLE messages; --",
  'ΟΔΟΣ οδός',
  'x',
]
const numbers = ['+14155550123', '+14155559876', '+919812345678', '+4915112345678', '+33612345678']
const countries = ['US', 'IN', 'DE', 'FR', null]
const outcomes = [
  ['sent', 'accepted', 'accepted'],
  ['failed', 'rejected', 'vendor_code'],
  ['failed', 'unknown', 'first_byte_timed_out'],
  ['cancelled', 'cancelled', 'cancelled_before_sending'],
  ['sending', null, null],
  ['queued', null, null],
] as const

/**
 * Messages of every kind that a filter tells apart, some of them older than the one before. Those on their way lie
 * together: they keep their part of the log from being described.
 */
export const rows: LogRow[] = Array.from({ length: 600 }, (_, index) => {
  const pick = <T>(list: readonly T[], by: number) => list[Math.floor(index / by) % list.length] as T
  const isOld = index < 140 || index > 270
  const [state, outcomeClass, outcomeCode] = pick(isOld ? outcomes.slice(0, 4) : outcomes, 2)
  return logRow({
    createdAt: day + (index - (index % 7 === 0 ? 40 : 0)) * 1000,
    text: pick(texts, 1),
    to: pick(numbers, 3),
    country: pick(countries, 3),
    providerId: pick([provider, other, null], 5),
    groupId: pick([group, null], 9),
    test: index % 4 === 0,
    simulated: index % 6 === 0,
    mayArriveTwice: index % 11 === 0,
    state,
    outcomeClass,
    outcomeCode,
  })
})

/** Written anew, from what the documentation says a search finds. */
function twin(row: LogRow, filter: Partial<LogFilter>): boolean {
  const shown = row.state === 'failed' && row.outcomeClass === 'unknown' ? 'unknown' : row.state
  const plain = (text: string) =>
    [...text.normalize('NFKC').toLowerCase().normalize('NFKD')]
      .filter(
        (letter) => !/[\p{Script=Inherited}]/u.test(letter) || !/[\u0300-\u036f\u064b-\u0652]/.test(letter),
      )
      .map((letter) => ({ ς: 'σ', ß: 'ss', '\0': ' ' })[letter] ?? letter)
      .join('')
      .normalize('NFC')
  const words = plain(filter.text ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
  const inNumber = (word: string) => {
    if (!/^[+\d(][\d().\-/]*$/.test(word) || !/\d/.test(word)) return false
    const digits = [...word.split('(0)').join('')].filter((letter) => /\d/.test(letter)).join('')
    if (word[0] === '+') return row.to.includes(`+${digits}`)
    const rest = digits.slice([...digits].findIndex((digit) => digit !== '0'))
    return row.to.includes(/[1-9]/.test(digits) && rest.length > 2 ? rest : digits)
  }
  return (
    Object.entries(filter).every(([key, wanted]) => {
      if (key === 'text' || wanted === undefined || wanted === null) return true
      if (key === 'states') return filter.states?.includes(shown)
      if (key === 'since') return row.createdAt >= Number(wanted)
      if (key === 'until') return row.createdAt < Number(wanted)
      return row[key as keyof LogRow] === wanted
    }) && words.every((word) => plain(row.text).includes(word) || inNumber(word))
  )
}

/** The ids of the messages that a filter finds, the newest first. */
export const expected = (filter: Partial<LogFilter>) =>
  rows
    .filter((row) => twin(row, filter))
    .map(({ id }) => id)
    .toReversed()

export const searches = [
  'code',
  'CODE 123',
  '"hello"',
  '"',
  '%',
  '100 %',
  '_',
  'NEAR(',
  'AND',
  'a b',
  '*',
  '🎉',
  '🎉 9',
  'مرحبا',
  'بك',
  'م',
  'ب',
  'grüsse',
  'grusse',
  'koln',
  'ΌΔΟΣ',
  'مَرحبا',
  '015112',
  '0049 151',
  '+49(0)151',
  '000',
  '09',
  'GRÜSSE',
  'STRASSE',
  'елка',
  '한글',
  'ﾌﾟｰﾙ',
  'öl',
  '你',
  '你好',
  '世界',
  "it's",
  '--',
  ';',
  'o’br',
  'οδος',
  'x',
  '1',
  '12',
  '555',
  '+1415',
  '(415)',
  '+1 (415) 555-0123',
  '4155550123',
  '98123',
  'code 0123',
  'nothing-has-this',
  '   ',
  '\\',
  'a\u0000b',
  '\ud800',
]
const one = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 2 })
/** Any filter that the page can ask with. */
export const filters = fc
  .record({
    text: one(searches),
    providerId: one([provider, other]),
    groupId: one([group]),
    states: fc.option(fc.uniqueArray(fc.constantFrom(...shownStates), { minLength: 1 }), {
      nil: undefined,
      freq: 2,
    }),
    outcomeClass: one(['accepted', 'rejected', 'unknown'] as const),
    outcomeCode: one(['vendor_code', 'accepted', 'dns_failed'] as const),
    country: one(['US', 'DE', 'GB']),
    test: one([true, false]),
    simulated: one([true, false]),
    mayArriveTwice: one([true]),
    since: one([day + 100_000, day + 300_500]),
    until: one([day + 200_000, day + 400_000]),
  })
  .map(({ providerId, ...filter }) => ({ ...filter, providerId: providerId ?? null }))
