import { describe, expect, test } from 'vitest'
import { defaultPolicies, type Group, type GroupSummary } from '#shared/group.ts'
import { deletionWords } from '../../../renderer/features/groups/group-actions.ts'
import { groupDifferences } from '../../../renderer/features/groups/group-differences.ts'
import {
  checkGroup,
  emptyGroup,
  formOfGroup,
  inputOfGroup,
} from '../../../renderer/features/groups/group-form-state.ts'
import { searchGroups, sortGroups } from '../../../renderer/features/groups/group-table.ts'
import { breakerWords } from '../../../renderer/features/providers/breaker-words.ts'

const group: Group = {
  id: 'f3b9a1c2-0000-4000-8000-000000000001',
  name: 'Europe',
  members: ['f3b9a1c2-0000-4000-8000-00000000000a', 'f3b9a1c2-0000-4000-8000-00000000000b'],
  countries: ['AT', 'DE'],
  notes: '',
  policies: { ...defaultPolicies, noReceiptMinutes: 5 },
  isDefault: false,
  createdAt: 1,
  updatedAt: 2,
}

describe('the form', () => {
  test('gives back what was saved, whatever the order of the countries', () => {
    const form = formOfGroup(group)
    form.countries.reverse()
    const { isDefault: _default, createdAt: _created, updatedAt: _updated, ...input } = group
    expect(inputOfGroup(form)).toEqual(input)
  })

  test('tells what is missing, and which minutes cannot be', () => {
    expect(checkGroup(inputOfGroup(emptyGroup()))).toEqual([
      { path: 'name', message: 'Give the group a name.' },
      { path: 'members', message: 'Choose at least one provider.' },
    ])
    const told = (minutes: string) =>
      checkGroup(inputOfGroup({ ...formOfGroup(group), minutes })).map(({ message }) => message)
    expect(told('soon')).toEqual(['Enter a number of minutes.'])
    expect(told(' ')).toEqual(['Enter a number of minutes.'])
    expect(told('0')).toEqual(['Enter at least 1 minute.'])
    expect(told('1441')).toEqual(['Enter at most 1440 minutes, a day.'])
    expect(told('2.5')).toEqual(['Enter a whole number.'])
    expect(checkGroup(inputOfGroup({ ...formOfGroup(group), minutes: 'x', receipts: false }))).toEqual([])
  })

  test('names the fields in which two versions differ', () => {
    const theirs = { ...group, name: 'EU', members: group.members.toReversed(), policies: defaultPolicies }
    expect(groupDifferences(group, theirs, (id) => id.slice(-1).toUpperCase())).toEqual([
      { field: 'Name', mine: 'Europe', theirs: 'EU' },
      { field: 'Providers', mine: '1. A, 2. B', theirs: '1. B, 2. A' },
      { field: 'No receipt', mine: 'after 5 min', theirs: 'off' },
    ])
  })
})

const summary = (name: string, more: Partial<GroupSummary> = {}): GroupSummary => ({
  id: name,
  name,
  notes: '',
  countries: [],
  policies: defaultPolicies,
  members: [],
  isDefault: false,
  counts: { sent: 0, delivered: 0, errors: 0 },
  testCounts: { sent: 0, delivered: 0, errors: 0 },
  simulatedCounts: { sent: 0, delivered: 0, errors: 0 },
  simulatedTestCounts: { sent: 0, delivered: 0, errors: 0 },
  updatedAt: 1,
  ...more,
})
const breaker = {
  state: 'closed' as const,
  failuresInRow: 0,
  openings: 0,
  openUntil: null,
  throttledUntil: null,
  goodProbes: 0,
}

describe('the table', () => {
  const twilio = {
    providerId: 't',
    name: 'Twilio main',
    kind: 'twilio',
    simulated: false,
    state: 'ready' as const,
    attention: null,
    breaker,
  }
  const list = [
    summary('Group 10', { countries: ['DE'], counts: { sent: 5, delivered: 0, errors: 1 } }),
    summary('Group 9', { members: [twilio], notes: 'for nights' }),
  ]
  const found = (wanted: string) => searchGroups(list, wanted).map(({ name }) => name)

  test('is searched by name, provider, note and country', () => {
    expect(found('group 9')).toEqual(['Group 9'])
    expect(found('twilio')).toEqual(['Group 9'])
    expect(found('NIGHTS')).toEqual(['Group 9'])
    expect(found('germany')).toEqual(['Group 10'])
    expect(found('de germany twilio')).toEqual([])
  })

  test('is sorted as people count, and by figures', () => {
    const names = (key: string, descending: boolean) =>
      sortGroups(list, { key, descending }, { tests: true, simulated: true }).map(({ name }) => name)
    expect(names('name', false)).toEqual(['Group 9', 'Group 10'])
    expect(names('sent', true)).toEqual(['Group 10', 'Group 9'])
  })

  test('says before a deletion what goes and what stays', () => {
    const none = { bulk: [], waiting: 0 }
    expect(deletionWords(summary('One', { members: [twilio] }), none)).toBe(
      'Only the group goes. Its 1 provider and all messages stay.',
    )
    expect(deletionWords(summary('Two', { countries: ['AT', 'DE'] }), none)).toContain(
      'Numbers of Austria and Germany then go through the default when no provider is chosen.',
    )
    expect(deletionWords(summary('Two', { countries: ['AT', 'DE'], isDefault: true }), none)).toMatch(
      /Numbers of Austria and Germany then have no group of their own\. It is the default, so nothing is the default then/,
    )
    const used = deletionWords(summary('Three'), { bulk: ['Autumn', 'Trial'], waiting: 1 })
    expect(used).toContain('The bulk tests “Autumn” and “Trial” cannot go on without it.')
    expect(used).toContain(
      '1 message that waits for a delivery receipt then stays with the provider that took it.',
    )
  })
})

describe('a circuit breaker', () => {
  const now = 1_000_000
  test('is told while it keeps messages away, and with what is left of its pause', () => {
    expect(breakerWords(breaker, now)).toBeNull()
    expect(breakerWords({ ...breaker, failuresInRow: 1 }, now)?.word).toBe('1 failure in a row')
    const open = { ...breaker, state: 'open' as const, openUntil: now + 12_400 }
    expect(breakerWords(open, now)?.word).toBe('Circuit open for 13 s')
    expect(breakerWords(open, now + 20_000)?.word).toBe('Circuit half open')
    expect(breakerWords({ ...breaker, throttledUntil: now + 5000 }, now)?.tone).toBe('warn')
  })
})
