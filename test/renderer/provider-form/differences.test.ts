import { expect, test } from 'vitest'
import { differencesOf } from '../../../renderer/features/provider-form/differences.ts'
import { settingsWith } from '../../helpers/settings.ts'

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
    { timeouts: { connectMs: 1000, tlsMs: 5000, firstByteMs: 10_000, totalMs: 15_000 } },
    { connection: { proxy: { kind: 'none' }, authorities: '' } },
    { connection: { proxy: { kind: 'system' }, authorities: 'x' } },
    { price: { perSegment: 1, currency: 'EUR' } },
  ]
  for (const change of changes) expect(differencesOf(plain, described(change))).not.toEqual([])
})
