import fc from 'fast-check'
import { expect, test } from 'vitest'
import { messageFilterSchema, savedFilterSchema } from '#shared/message-log.ts'
import { shownStates } from '#shared/message.ts'
import { outcomeClasses, outcomeCodes } from '#shared/outcome.ts'
import {
  everyMessage,
  filterOf,
  logFilterOf,
  partsOf,
  queryWith,
  sameFilter,
  testHistoryOf,
  type MessageFilter,
} from '../../../renderer/features/messages/message-filter.ts'
import { outcomeChoices } from '../../../renderer/features/messages/log/outcome-choices.ts'
import { outcomeBrief } from '../../../renderer/features/messages/outcome-brief.ts'
import { spanOf, timePresets } from '../../../renderer/features/messages/time-span.ts'
import { usePair } from '../../../renderer/features/messages/use-pair.ts'

const provider = '0199a0a0-0000-7000-8000-000000000001'
const or = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null })
const localTime = fc
  .date({ min: new Date(2000, 0), max: new Date(2100, 0), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 16))
const filters: fc.Arbitrary<MessageFilter> = fc.record({
  search: fc.string({ maxLength: 200 }).map((text) => text.trim()),
  providerId: or(fc.constant(provider)),
  groupId: or(fc.constant(provider)),
  bulkId: or(fc.constant(provider)),
  states: fc.subarray([...shownStates]),
  outcome: or(fc.constantFrom(...outcomeClasses, ...outcomeCodes)),
  country: or(fc.constantFrom('GB', 'IN')),
  test: or(fc.boolean()),
  simulated: or(fc.boolean()),
  twice: fc.boolean(),
  when: or(fc.constantFrom(...timePresets)),
  since: or(localTime),
  until: or(localTime),
  counted: or(
    fc.constant({
      scope: { kind: 'provider' as const, id: provider },
      class: 'rejected' as const,
      code: 'vendor_code' as const,
      vendorCode: '',
      words: 'No, not ##',
      since: 0,
      until: 900_000,
    }),
  ),
})

test('every filter goes into the address and comes back, and leaves the rest of it alone', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const query = queryWith({ send: 'default', provider: 'old', test: '1', state: 'x' }, filter)
      expect(filterOf(query as Record<string, string>)).toEqual(filter)
      expect(query['send']).toBe('default')
      // What the address has is what a saved filter keeps, and the log takes what is made of it.
      savedFilterSchema.parse({ id: provider, name: 'One', filter: partsOf(filter) })
      messageFilterSchema.parse(logFilterOf(filter, Date.now()))
      expect(sameFilter(filter, everyMessage)).toBe(Object.keys(partsOf(filter)).length === 0)
    }),
  )
})

test('an address that somebody wrote asks for nothing that is not there', () => {
  const odd = { provider: 'x', test: 'x', state: 'failed,nonsense', outcome: '', when: '9y', since: 'noon' }
  expect(filterOf(odd)).toEqual({ ...everyMessage, states: ['failed'] })
  expect(filterOf({ error: 'rejected.vendor_code', 'error-since': '1970-01-01T00:01Z' })).toEqual(
    everyMessage,
  )
  expect(filterOf({ q: 'x'.repeat(300), country: 'gb', until: '2026-02-31T99:00' })).toEqual({
    ...everyMessage,
    search: 'x'.repeat(200),
  })
  expect(testHistoryOf('p')).toEqual({ path: '/messages', query: { provider: 'p', test: '1' } })
})

test('what is asked of the store is what the address says', () => {
  expect(logFilterOf(everyMessage, 0)).toEqual({ providerId: null })
  const asked = logFilterOf(filterOf({ outcome: 'unknown', state: 'sent,unknown', twice: '1', q: ' a ' }), 0)
  expect(asked).toEqual({
    providerId: null,
    text: 'a',
    states: ['sent', 'unknown'],
    outcomeClass: 'unknown',
    mayArriveTwice: true,
  })
  expect(logFilterOf(filterOf({ outcome: 'unauthorized' }), 0)).toMatchObject({ outcomeCode: 'unauthorized' })
  const own = logFilterOf(filterOf({ since: '2026-03-01T08:30', until: '2026-03-02T00:00' }), 0)
  expect(own).toEqual({
    providerId: null,
    since: new Date(2026, 2, 1, 8, 30).getTime(),
    until: new Date(2026, 2, 2).getTime(),
  })
})

test('stretches of time end where the next day begins', () => {
  const now = new Date(2026, 2, 1, 14, 5).getTime()
  expect(spanOf('today', now)).toEqual({ since: new Date(2026, 2, 1).getTime() })
  expect(spanOf('yesterday', now)).toEqual({
    since: new Date(2026, 1, 28).getTime(),
    until: new Date(2026, 2, 1).getTime(),
  })
  expect(spanOf('1h', now)).toEqual({ since: now - 3_600_000 })
  for (const preset of timePresets) expect(spanOf(preset, now).since).toBeLessThan(now)
})

test('no more than two are chosen, and one can be let go', () => {
  const pair = usePair()
  for (const id of ['a', 'b', 'c']) pair.toggle(id)
  expect(pair.ids.value).toEqual(['a', 'b'])
  pair.toggle('a')
  pair.toggle('c')
  expect(pair.ids.value).toEqual(['b', 'c'])
})

test('every outcome has a brief of its own, and a choice', () => {
  const briefs = outcomeCodes.map(outcomeBrief)
  expect(new Set(briefs).size).toBe(briefs.length)
  expect(outcomeBrief('unauthorized')).toBe('Unauthorized (401)')
  expect(outcomeBrief('dns_failed')).toBe('Name not found')
  const chosen = outcomeChoices.map(({ value }) => value)
  expect(new Set(chosen).size).toBe(chosen.length)
  for (const outcome of [...outcomeClasses, ...outcomeCodes]) expect(chosen).toContain(outcome)
})
