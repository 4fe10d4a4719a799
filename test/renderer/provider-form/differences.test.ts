import { expect, test } from 'vitest'
import { differencesOf as differencesNamed } from '../../../renderer/features/provider-form/differences.ts'
import { settingsWith } from '../../helpers/settings.ts'

type Versions = Parameters<typeof differencesNamed>
const differencesOf = (mine: Versions[0], theirs: Versions[1]) =>
  differencesNamed(mine, theirs, (kind) => (kind === 'twilio' ? 'Twilio' : 'Other (Generic)'))

const described = (changes = {}, name = 'Gateway') => ({ name, settings: settingsWith(changes) })

test('two versions that are alike differ in nothing', () => {
  expect(differencesOf(described(), described())).toEqual([])
})

test('what differs is named as on the page, secrets by their names', () => {
  const mine = described({ auth: { kind: 'bearer', token: '{{secret:token}}' } }, 'Mine')
  const theirs = described({ ratePerSecond: 5 })
  expect(differencesOf(mine, theirs)).toEqual([
    { field: 'Name', mine: 'Mine', theirs: 'Gateway' },
    { field: 'Authentication', mine: 'bearer token', theirs: 'none' },
    { field: 'Authentication, token', mine: '•••• token', theirs: '' },
    { field: 'Messages a second', mine: '', theirs: '5' },
  ])
})

test('every setting counts', () => {
  const plain = described()
  const changes: Parameters<typeof settingsWith>[0][] = [
    { method: 'GET' },
    { numberFormat: 'digits' },
    { endpoint: 'https://other.example' },
    { from: 'ACME' },
    { headers: [{ name: 'X', value: '1', enabled: true }] },
    { parameters: { kind: 'raw', contentType: 'application/json', text: '{}' } },
    { batch: { array: 'messages', size: 2 } },
    { success: { statusFrom: 200, statusTo: 200, body: { kind: 'none' } } },
    { success: { statusFrom: 200, statusTo: 299, body: { kind: 'contains', text: 'OK' } } },
    { reading: { messageId: 'id', errorCode: '', errorText: '' } },
    { codes: [{ code: '7', class: 'unknown' }] },
    { codes: [{ code: '7', class: 'unknown', next: 'Wait.' }] },
    { success: { statusFrom: 200, statusTo: 299, body: { kind: 'json', path: 'a', equals: '1' } } },
    {
      success: { statusFrom: 200, statusTo: 299, body: { kind: 'json', path: 'a', equals: '1', or: ['2'] } },
    },
    { timeouts: { connectMs: 1000, tlsMs: 5000, firstByteMs: 10_000, totalMs: 15_000 } },
    { connection: { proxy: { kind: 'none' }, authorities: '' } },
    { connection: { proxy: { kind: 'system' }, authorities: 'x' } },
    { price: { perSegment: 1, currency: 'EUR' } },
  ]
  for (const change of changes) expect(differencesOf(plain, described(change))).not.toEqual([])
})

test('further values and the words of one code out of many are seen', () => {
  const accepting = (or: string[]) =>
    described({
      success: { statusFrom: 200, statusTo: 299, body: { kind: 'json', path: 'a', equals: '1', or } },
    })
  expect(differencesOf(accepting(['2']), accepting(['2', '3']))).toEqual([
    { field: 'Accepted body', mine: 'json a 1 or 2', theirs: 'json a 1 or 2 or 3' },
  ])
  const coded = (next: string) =>
    described({
      codes: Array.from({ length: 60 }, (_, index) => ({
        code: String(index),
        class: 'rejected',
        next,
      })).with(0, { code: '0', class: 'rejected', next: '' }),
    })
  const [first, ...others] = differencesOf(coded('Wait.'), coded('Correct the number.'))
  expect(first).toEqual({
    field: 'Code 1',
    mine: 'rejected (Wait.)',
    theirs: 'rejected (Correct the number.)',
  })
  expect(others).toHaveLength(58)
})

test('a kind is told by its name', () => {
  const vendors = { ...described(), kind: 'twilio' }
  expect(differencesOf(described(), vendors)).toEqual([
    { field: 'Kind', mine: 'Other (Generic)', theirs: 'Twilio' },
  ])
})
