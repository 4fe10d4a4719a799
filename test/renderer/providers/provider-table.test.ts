import { expect, test } from 'vitest'
import type { ProviderSummary } from '#shared/provider.ts'
import { closedBreaker } from '#shared/failover/breaker.ts'
import { countsOf, onlySimulated } from '../../../renderer/features/providers/figures.ts'
import { statusTitle } from '../../../renderer/features/providers/provider-health.ts'
import {
  searchProviders,
  shownStatus,
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
    simulatedCounts: { sent: 0, delivered: 0, errors: 0 },
    simulatedTestCounts: { sent: 0, delivered: 0, errors: 0 },
    breaker: closedBreaker,
    lastTest: null,
    lastSuccess: null,
    lastError: null,
    archivedAt: null,
    updatedAt: 0,
    ...more,
  }
}
const all = { tests: true, simulated: true }
const kindName = (kind: string) => (kind === 'generic' ? 'Other (Generic)' : kind.toUpperCase())
const names = (list: ProviderSummary[]) => list.map((provider) => provider.name)
const list = [summary('B 10', 5), summary('a 2', 5), summary('B 9', 7, { status: 'needs_attention' })]

test('names sort as people count, and equals stay in the order of their names both ways', () => {
  expect(names(sortProviders(list, { key: 'name', descending: false }, all, kindName))).toEqual([
    'a 2',
    'B 9',
    'B 10',
  ])
  expect(names(sortProviders(list, { key: 'sent', descending: true }, all, kindName))).toEqual([
    'B 9',
    'a 2',
    'B 10',
  ])
  expect(names(sortProviders(list, { key: 'sent', descending: false }, all, kindName))).toEqual([
    'a 2',
    'B 10',
    'B 9',
  ])
  expect(names(sortProviders(list, { key: 'status', descending: false }, all, kindName))[0]).toBe('B 9')
})

test('tests and simulated sends are counted or not, what is both only once', () => {
  const figures = (sent: number) => ({ sent, delivered: 0, errors: 0 })
  const mixed = summary('Mixed', 100, {
    testCounts: figures(30),
    simulatedCounts: figures(20),
    simulatedTestCounts: figures(5),
  })
  const sent = (tests: boolean, simulated: boolean) => countsOf(mixed, { tests, simulated }).sent
  expect([sent(true, true), sent(false, true), sent(true, false), sent(false, false)]).toEqual([
    100, 70, 80, 55,
  ])
  const real = { tests: true, simulated: false }
  expect(onlySimulated(mixed, real)).toBe(false)
  const simulated = summary('Simulated', 20, { simulatedCounts: figures(20) })
  expect([onlySimulated(simulated, real), onlySimulated(simulated, all)]).toEqual([true, false])
})

test('a search takes every word, in name, kind, host or status', () => {
  expect(names(searchProviders(list, 'b attention', kindName))).toEqual(['B 9'])
  expect(names(searchProviders(list, 'EXAMPLE 2', kindName))).toEqual(['a 2'])
  expect(searchProviders(list, 'nothing', kindName)).toEqual([])
  const mixed = [...list, summary('Backup', 1, { kind: 'twilio' })]
  expect(names(searchProviders(mixed, 'twil', kindName))).toEqual(['Backup'])
  expect(names(sortProviders(mixed, { key: 'kind', descending: true }, all, kindName))[0]).toBe('Backup')
})

test('a circuit breaker that is open shows in the status, and leaves what has to be mended its place', () => {
  const at = Date.UTC(2026, 5, 1, 12)
  const open = { ...closedBreaker, state: 'open' as const, failuresInRow: 5, openUntil: at + 30_000 }
  const shown = (more: Partial<ProviderSummary>, now = at) => {
    const provider = summary('A', 1, more)
    return [shownStatus(provider, now).word, statusTitle(provider, now)]
  }
  const [word, title] = shown({ breaker: open })
  expect(word).toBe('Circuit open')
  expect(title).toMatch(/Circuit breaker open until \d\d:00:30: 5 failures in a row\. .*test sends ignore it/)
  const [mend, why] = shown({ breaker: open, status: 'needs_attention', attention: 'Wrong password' })
  expect(mend).toBe('Needs attention')
  expect(why).toMatch(/^Wrong password\nCircuit breaker open until/)
  expect(shown({ breaker: { ...open, failuresInRow: 1 } })[1]).toMatch(/: it failed too often\./)
  expect(shown({ breaker: open }, at + 30_000)[0]).toBe('Circuit half open')
  expect(shown({ breaker: { ...closedBreaker, throttledUntil: at + 1 } })[0]).toBe('Slowed down')
  expect(shown({ breaker: { ...closedBreaker, throttledUntil: at } })[0]).toBe('Ready')
  expect(shown({ breaker: { ...closedBreaker, failuresInRow: 4 } })).toEqual([
    'Ready',
    'The last test was accepted.',
  ])
  const archived = shown({ breaker: open, status: 'archived', archivedAt: 1 })
  expect(archived).toEqual(['Archived', expect.not.stringContaining('Circuit')])
})
