import { describe, expect, it } from 'vitest'
import { imitatedPath, withImitated } from '../../helpers/imitated-vendor.ts'

describe('what a request must meet', () => {
  const basic = (user: string, password: string) => ({
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
  })
  type Case = [need: object, met: object[], unmet: object[]]
  const cases: Record<string, Case> = {
    present: [{ at: 'body.x', need: 'present' }, [{ body: { x: '0' } }], [{}, { body: { x: ' ' } }]],
    phone: [
      { at: 'body.x', need: 'phone' },
      ['+14155550123', '4155550123', '1234567', '+1 415-555 0123'].map((x) => ({ body: { x } })),
      ['123456', '1234567890123456', '+1415555012x', '++1415555012', '', '(415)'].map((x) => ({
        body: { x },
      })),
    ],
    pattern: [
      { at: 'body.x', need: { pattern: '^MG[0-9a-f]{4}$' } },
      [{ body: { x: 'MG00ff' } }],
      [{ body: { x: 'MG00fg' } }, {}],
    ],
    optional: [
      { at: 'body.x', need: { pattern: '^a$' }, optional: true },
      [{}, { body: { x: '' } }, { body: { x: 'a' } }],
      [{ body: { x: 'b' } }],
    ],
    oneOf: [{ at: 'body.x', need: { oneOf: ['a', 'b'] } }, [{ body: { x: 'b' } }], [{ body: { x: 'c' } }]],
    longest: [{ at: 'body.x', need: { longest: 3 } }, [{ body: { x: 'abc' } }], [{ body: { x: 'abcd' } }]],
    'equals another': [
      { at: 'basic.user', need: { equals: 'path.account' } },
      [{ headers: basic('one', 'p') }],
      [{ headers: basic('two', 'p') }, {}],
    ],
    'a credential': [
      { at: 'header.x-secret', need: { credential: '^[a-z ]{4,}$' } },
      [{ headers: { 'x-secret': 'good' } }, { headers: { 'X-SECRET': 'key good', 'X-KEY': 'good' } }],
      ['', 'bad one', 'Wrong', 'invalidated', 'key bad', 'G00D'].map((secret) => ({
        headers: { 'x-secret': secret },
      })),
    ],
    'a credential of any shape': [
      { at: 'bearer', need: { credential: null } },
      [{ headers: { authorization: 'bearer x' } }],
      [{ headers: { authorization: 'Bearer bad-x' } }, { headers: { authorization: 'Basic x' } }, {}],
    ],
    'a password': [
      { at: 'basic.password', need: { credential: '^a:b$' } },
      [{ headers: basic('u', 'a:b') }],
      [{ headers: basic('u', 'a') }, { headers: { authorization: 'Basic %' } }],
    ],
    'the first that is there': [
      { at: ['body.x', 'body.y'], need: { oneOf: ['a'] } },
      [{ body: { y: 'a' } }, { body: { x: '', y: 'a' } }],
      [{ body: { x: 'b', y: 'a' } }],
    ],
  }
  it.each(Object.entries(cases))('%s', async (_name, [check, met, unmet]) => {
    const checks = [{ answer: 'missing', words: 'X is not as it must be', ...check }]
    await withImitated({ checks }, async (acme) => {
      for (const asked of met)
        expect({ asked, status: (await acme.ask(imitatedPath, asked)).status }).toEqual({
          asked,
          status: 201,
        })
      for (const asked of unmet) {
        const { status, json } = await acme.ask(imitatedPath, asked)
        expect({ asked, status, json }).toMatchObject({
          asked,
          status: 400,
          json: { why: 'X is not as it must be' },
        })
        expect(acme.received.at(-1)).toMatchObject({ accepted: false, answer: 'X is not as it must be' })
      }
    })
  })

  it('is asked in order', async () => {
    await withImitated({}, async (acme) => {
      expect((await acme.ask(imitatedPath, { headers: { 'x-key': 'bad-key' } })).json).toMatchObject({
        why: 'X-Key is wrong',
      })
      expect((await acme.ask(imitatedPath)).json).toMatchObject({ why: 'to is required' })
      expect((await acme.ask(imitatedPath, { body: { to: 'me' } })).json).toMatchObject({
        why: 'to is no number',
      })
    })
  })
})
