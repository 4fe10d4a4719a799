import { expect, test } from 'vitest'
import type { MessageSummary } from '#shared/message.ts'
import { outcomeCodes } from '#shared/outcome.ts'
import {
  filterOf,
  fitsFilter,
  queryWith,
  testHistoryOf,
} from '../../../renderer/features/messages/message-filter.ts'
import { outcomeBrief } from '../../../renderer/features/messages/outcome-brief.ts'
import { usePair } from '../../../renderer/features/messages/use-pair.ts'

const provider = '0199a0a0-0000-7000-8000-000000000001'

test('a filter goes into the address and comes back, and leaves the rest of it alone', () => {
  for (const filter of [
    { providerId: null, test: null },
    { providerId: provider, test: true },
    { providerId: provider, test: false },
  ]) {
    const query = queryWith({ send: 'default', provider: 'old', test: '1' }, filter)
    expect(filterOf(query as Record<string, string>)).toEqual(filter)
    expect(query['send']).toBe('default')
  }
  expect(filterOf({ provider: 'x', test: 'x' })).toEqual({ providerId: null, test: null })
  expect(testHistoryOf('p')).toEqual({ path: '/messages', query: { provider: 'p', test: '1' } })
})

test('a message that comes live has to fit', () => {
  const message = { providerId: 'p', test: true } as MessageSummary
  expect(fitsFilter(message, { providerId: 'p', test: true })).toBe(true)
  expect(fitsFilter(message, { providerId: null, test: null })).toBe(true)
  expect(fitsFilter(message, { providerId: 'q', test: null })).toBe(false)
  expect(fitsFilter(message, { providerId: 'p', test: false })).toBe(false)
})

test('no more than two are chosen, and one can be let go', () => {
  const pair = usePair()
  for (const id of ['a', 'b', 'c']) pair.toggle(id)
  expect(pair.ids.value).toEqual(['a', 'b'])
  pair.toggle('a')
  pair.toggle('c')
  expect(pair.ids.value).toEqual(['b', 'c'])
})

test('every outcome has a brief of its own', () => {
  const briefs = outcomeCodes.map(outcomeBrief)
  expect(new Set(briefs).size).toBe(briefs.length)
  expect(outcomeBrief('unauthorized')).toBe('Unauthorized (401)')
  expect(outcomeBrief('dns_failed')).toBe('Name not found')
})
