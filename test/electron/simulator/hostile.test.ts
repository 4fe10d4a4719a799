import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { genericSimulatorPath } from '#shared/simulator.ts'
import { formFields } from '../../../electron/simulator/vendor/read-body.ts'
import { recipientsIn } from '../../../electron/simulator/vendor/recipients.ts'
import {
  imitatedVendor,
  imitation,
  startImitated,
  type ImitatedServer,
} from '../../helpers/imitated-vendor.ts'

const json = { 'content-type': 'application/json' }

describe('names of a form that are made to do harm', () => {
  it('reach nothing but the form', () => {
    const read = formFields(
      'a=1&a=2&a[__proto__][__proto__][taken]=yes&a[__proto__][taken]=yes&b[constructor][prototype][taken]=yes',
    )
    expect([({} as Record<string, unknown>)['taken'], ([] as unknown as { taken?: string }).taken]).toEqual([
      undefined,
      undefined,
    ])
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(read['a']).toEqual(['1', '2'])
  })

  it('make no list longer than what came', () => {
    const read = formFields('to=1&to=2&to[4294967294]=3&to[length]=9')
    expect(read['to']).toEqual(['1', '2'])
  })

  it('are not taken apart beyond a depth that anybody uses', () => {
    const read = formFields(`a${'[b]'.repeat(100)}=1&c[d][e]=2`)
    expect(read['a']).toBeUndefined()
    expect(read['c']).toEqual({ d: { e: '2' } })
  })
})

it('counts as many recipients as anybody takes, whatever comes', () => {
  expect(recipientsIn('1,'.repeat(50_000), { at: [], between: ',', ownIds: true })).toHaveLength(10_000)
})

describe('a body that is nested without end', () => {
  let acme: ImitatedServer
  beforeAll(async () => (acme = await startImitated([imitatedVendor([imitation()])])))
  beforeEach(() => acme.received.splice(0))
  afterAll(() => acme.close())
  const lists = '['.repeat(100_000) + ']'.repeat(100_000)

  it.each([lists, `{"messages":${lists}}`, `{"to":${lists}}`, '{"to":'.repeat(20_000)])(
    'is answered as one without a number: %#',
    async (body) => {
      for (const path of [genericSimulatorPath, '/acme/v1/accounts/one/messages'])
        expect((await acme.ask(path, { headers: json, body })).status).toBe(400)
    },
  )
})
