import { expect, test } from 'vitest'
import { leftOutOfCommand } from '../../../renderer/features/providers/left-out-of-command.ts'

test('a command tells of the proxy and the authorities that it leaves out', () => {
  const proxy = {
    kind: 'manual' as const,
    address: 'http://proxy.example:3128',
    username: 'me',
    password: 'hush',
  }
  const notes = leftOutOfCommand({ proxy, authorities: '-----BEGIN CERTIFICATE-----' })
  expect(notes).toEqual([
    expect.stringContaining('http://proxy.example:3128 is not part of the command'),
    expect.stringContaining('--cacert'),
  ])
  expect(notes.join()).not.toContain('hush')
})

test.each(['system', 'none'] as const)('nothing is left out with the proxy %s', (kind) => {
  expect(leftOutOfCommand({ proxy: { kind }, authorities: ' ' })).toEqual([])
})
