import { expect, test } from 'vitest'
import type { ProviderSummary } from '#shared/provider.ts'
import {
  countsOf,
  searchProviders,
  sortProviders,
} from '../../../renderer/features/providers/provider-table.ts'

function summary(name: string, sent: number, more: Partial<ProviderSummary> = {}): ProviderSummary {
  return {
    id: name,
    name,
    kind: 'generic',
    endpointHost: 'api.example.com',
    isDefault: false,
    simulated: false,
    status: 'ready',
    attention: null,
    missingSecrets: [],
    counts: { sent, delivered: 0, errors: 0 },
    testCounts: { sent: 1, delivered: 0, errors: 0 },
    lastTest: null,
    lastSuccess: null,
    lastError: null,
    archivedAt: null,
    updatedAt: 0,
    ...more,
  }
}
const kindName = (kind: string) => (kind === 'generic' ? 'Other (Generic)' : kind.toUpperCase())
const names = (list: ProviderSummary[]) => list.map((provider) => provider.name)
const list = [summary('B 10', 5), summary('a 2', 5), summary('B 9', 7, { status: 'needs_attention' })]

test('names sort as people count, and equals stay in the order of their names both ways', () => {
  expect(names(sortProviders(list, { key: 'name', descending: false }, true, kindName))).toEqual([
    'a 2',
    'B 9',
    'B 10',
  ])
  expect(names(sortProviders(list, { key: 'sent', descending: true }, true, kindName))).toEqual([
    'B 9',
    'a 2',
    'B 10',
  ])
  expect(names(sortProviders(list, { key: 'sent', descending: false }, true, kindName))).toEqual([
    'a 2',
    'B 10',
    'B 9',
  ])
  expect(names(sortProviders(list, { key: 'status', descending: false }, true, kindName))[0]).toBe('B 9')
})

test('tests are counted or not', () => {
  expect(countsOf(list[0]!, true).sent).toBe(5)
  expect(countsOf(list[0]!, false).sent).toBe(4)
})

test('a search takes every word, in name, kind, host or status', () => {
  expect(names(searchProviders(list, 'b attention', kindName))).toEqual(['B 9'])
  expect(names(searchProviders(list, 'EXAMPLE 2', kindName))).toEqual(['a 2'])
  expect(searchProviders(list, 'nothing', kindName)).toEqual([])
  const mixed = [...list, summary('Backup', 1, { kind: 'twilio' })]
  expect(names(searchProviders(mixed, 'twil', kindName))).toEqual(['Backup'])
  expect(names(sortProviders(mixed, { key: 'kind', descending: true }, true, kindName))[0]).toBe('Backup')
})
