import { expect, it } from 'vitest'
import { lazyOutgoing } from '../../../electron/sending/lazy-outgoing.ts'
import type { Outgoing } from '../../../electron/sending/outgoing.ts'

it('tries again after a load that failed', async () => {
  let loads = 0
  const answer = Promise.reject(new Error('sent'))
  answer.catch(() => {})
  const outgoing: Outgoing = { send: () => answer, close: async () => {} }
  const lazy = lazyOutgoing(undefined, () => {
    loads += 1
    return loads === 1 ? Promise.reject(new Error('no file handle left')) : Promise.resolve(outgoing)
  })
  const send = () => lazy.send({} as Parameters<Outgoing['send']>[0], {} as Parameters<Outgoing['send']>[1])
  await expect(send()).rejects.toThrow('no file handle left')
  await expect(send()).rejects.toThrow('sent')
})
