import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { usualSeed } from '#shared/simulator.ts'
import { simulatorDesk } from '../../helpers/simulator-desk.ts'
import {
  imitatedVendor,
  imitation,
  startImitated,
  type ImitatedServer,
} from '../../helpers/imitated-vendor.ts'
import { Ids } from '../../../electron/simulator/vendor/ids.ts'

const messages = '/acme/v1/accounts/one/messages'
const to = '+14155550123'

async function withAcme(
  changes: Record<string, unknown>,
  run: (acme: ImitatedServer) => Promise<void>,
): Promise<void> {
  const acme = await startImitated([imitatedVendor([imitation(changes)])])
  try {
    await run(acme)
  } finally {
    await acme.close()
  }
}

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
    await withAcme({ checks }, async (acme) => {
      for (const asked of met)
        expect({ asked, status: (await acme.ask(messages, asked)).status }).toEqual({ asked, status: 201 })
      for (const asked of unmet) {
        const { status, json } = await acme.ask(messages, asked)
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
    await withAcme({}, async (acme) => {
      expect((await acme.ask(messages, { headers: { 'x-key': 'bad-key' } })).json).toMatchObject({
        why: 'X-Key is wrong',
      })
      expect((await acme.ask(messages)).json).toMatchObject({ why: 'to is required' })
      expect((await acme.ask(messages, { body: { to: 'me' } })).json).toMatchObject({
        why: 'to is no number',
      })
    })
  })
})

describe('a number with an outcome of its own', () => {
  const magic = [
    { party: 'to', number: '+15005550001', answer: 'gone' },
    { party: 'from', number: '+15005550007', answer: 'gone' },
  ]
  const gone = { status: 410, words: 'Gone', body: { why: '{{why}}' } }

  it('is known with and without its plus, country code and zeros, and past what the vendor thinks of it', async () => {
    const checks = [
      { at: 'body.to', need: { pattern: '^91[0-9]{10}$' }, answer: 'invalidNumber', words: 'Not Indian' },
    ]
    await withAcme({ checks }, async (acme) => {
      for (const number of ['+15005550003', '15005550003', '5005550003', '05005550003', '001 500 555-0003'])
        expect((await acme.ask(messages, { body: { to: number } })).status).toBe(402)
      expect((await acme.ask(messages, { body: { to: '915005550003' } })).status).toBe(201)
      expect((await acme.ask(messages, { body: { to: '25005550003' } })).json).toMatchObject({
        why: 'Not Indian',
      })
    })
  })

  it('is the vendor’s before it is everybody’s, by recipient and by sender', async () => {
    await withAcme({ magic, answers: { gone } }, async (acme) => {
      const status = async (body: Record<string, string>) => (await acme.ask(messages, { body })).status
      expect(await status({ to: '+15005550001' })).toBe(410)
      expect(await status({ to, from: '15005550007' })).toBe(410)
      expect(await status({ to, from: '15005550001' })).toBe(201)
      expect(await status({ to: '+15005550007' })).toBe(429)
      expect(acme.received.at(-1)).toMatchObject({ answer: 'Too fast, as this number asks for' })
    })
  })

  it('tells a failure in a 200 by the answer that the vendor has for that', async () => {
    await withAcme({}, async (acme) => {
      const answer = await acme.ask(messages, { body: { to: '+15005550011' } })
      expect(answer).toMatchObject({ status: 200, json: { error: 'Opted out' } })
    })
    const optedOut = { status: 400, words: 'Opted out', body: {} }
    await withAcme({ answers: { optedOut } }, async (acme) => {
      const answer = await acme.ask(messages, { body: { to: '+15005550011' } })
      expect(answer).toMatchObject({ status: 200, json: { error: 'No number' } })
      expect(acme.received.at(-1)).toMatchObject({ accepted: false })
    })
  })
})

describe('an answer', () => {
  const body = {
    texts:
      '{{id}}|{{to}}|{{from}}|{{text}}|{{state}}|{{segments}}|{{body.extra}}|{{query.q}}|{{path.account}}|{{none}}',
    time: ['{{now}}', '{{now.seconds}}', '{{now.millis}}', '{{now.rfc2822}}', '{{now.plain}}'],
    typed: [{ $value: 'segments' }, { $value: 'body.n' }, { $value: 'body.none' }, { $value: 'now.seconds' }],
    uuids: ['{{uuid}}', '{{uuid}}'],
    hex: '{{hex32}}',
    flag: true,
    '{{to}}': null,
  }
  const whole = { takes: ['json'], states: [{ afterMs: 0, word: 'queued' }] }
  const headers = { 'content-type': 'application/json' }

  it('is filled in with what the request says', async () => {
    const answers = { accepted: { status: 202, words: 'Ok', headers: { 'X-To': '{{to}}' }, body } }
    await withAcme({ ...whole, answers }, async (acme) => {
      const text = `{{id}} "x" ${'ü☃'.repeat(40)}`
      const sent = JSON.stringify({ to, from: 'Me', text, extra: { a: 1 }, n: 7 })
      const answer = await acme.ask(`${messages}?q=a%20b`, { headers, body: sent })
      expect(answer.status).toBe(202)
      expect(answer.headers.get('x-to')).toBe(to)
      const found = answer.json as typeof body
      expect(found).toMatchObject({
        texts: expect.stringMatching(/^ID[0-9a-f]{8}\|/),
        time: [
          '2026-01-02T03:04:05.678Z',
          '1767323045',
          '1767323045678',
          'Fri, 02 Jan 2026 03:04:05 +0000',
          '2026-01-02 03:04:05',
        ],
        typed: [2, 7, null, 1_767_323_045],
        hex: expect.stringMatching(/^[0-9a-f]{32}$/),
        flag: true,
        '{{to}}': null,
      })
      expect(found.texts.split('|').slice(1)).toEqual([
        to,
        'Me',
        text,
        'queued',
        '2',
        '{"a":1}',
        'a b',
        'one',
        '',
      ])
      expect(found.uuids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(found.uuids[1]).toBe(found.uuids[0])
    })
  })

  it('is a text where the vendor’s is, escaped in XML, and never breaks a header', async () => {
    const answers = {
      accepted: { status: 200, words: 'Ok', contentType: 'text/plain', body: 'OK {{id}} {{text}}' },
      noCredit: {
        status: 402,
        words: 'No',
        contentType: 'application/xml',
        headers: { 'x-text': '{{text}}' },
        body: '<t>{{text}}</t>',
      },
    }
    await withAcme({ ...whole, answers }, async (acme) => {
      const sent = (number: string) => ({
        headers,
        body: JSON.stringify({ to: number, text: '<a>&\r\nx: y' }),
      })
      const plain = await acme.ask(messages, sent(to))
      expect(plain.text).toMatch(/^OK ID[0-9a-f]{8} <a>&\r\nx: y$/)
      expect(plain.headers.get('content-type')).toBe('text/plain')
      const xml = await acme.ask(messages, sent('+15005550003'))
      expect(xml.text).toBe('<t>&#60;a&#62;&#38;\r\nx: y</t>')
      expect(xml.headers.get('x-text')).toBe('<a>&??x: y')
    })
  })

  it('depends on what the request holds, and takes an id that comes with it', async () => {
    const acceptedWith = [{ at: 'body.service', answer: 'acceptedByService' }]
    const acceptedByService = {
      status: 201,
      words: 'Taken by the service',
      body: { by: 'service', id: { $value: 'id' } },
    }
    const id = { kind: 'digits', length: 9, given: ['body.own'] }
    await withAcme({ acceptedWith, id, answers: { acceptedByService } }, async (acme) => {
      const answer = await acme.ask(messages, { body: { to, service: 'S' } })
      expect(answer.json).toEqual({ by: 'service', id: expect.any(Number) })
      expect(acme.received.at(-1)).toMatchObject({ accepted: true, answer: 'Taken by the service' })
      expect((await acme.ask(messages, { body: { to, own: 'mine' } })).json).toMatchObject({ id: 'mine' })
    })
  })
})

describe('an account’s rate', () => {
  it('is counted in a window that slides, for each credential, after the credential is known to be good', async () => {
    await withAcme({ rate: { requests: 2, inMs: 1500 } }, async (acme) => {
      const send = (key: string) => acme.ask(messages, { headers: { 'x-key': key }, body: { to } })
      for (let count = 0; count < 5; count += 1) expect((await send('bad-key')).status).toBe(401)
      expect((await send('good')).status).toBe(201)
      acme.time.now += 1000
      expect((await send('good')).status).toBe(201)
      const over = await send('good')
      expect(over).toMatchObject({ status: 429, json: { why: 'More than 2 requests in 1500 ms' } })
      expect(over.headers.get('retry-after')).toBe('1')
      expect((await send('other')).status).toBe(201)
      acme.time.now += 500
      expect((await send('good')).status).toBe(201)
      expect((await send('good')).status).toBe(429)
    })
  })
})

describe('ids', () => {
  const shapes = fc.record({
    prefix: fc.constantFrom('', 'SM'),
    kind: fc.constantFrom('hex' as const, 'digits' as const, 'letters' as const, 'uuid' as const),
    length: fc.integer({ min: 3, max: 40 }),
  })
  const form = { hex: '[0-9a-f]', digits: '[0-9]', letters: '[0-9A-HJKMNP-TV-Z]', uuid: '' }

  it('have the vendor’s shape, come in the same order for the same seed, and none comes twice', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), (shape, seed) => {
        const some = (ids: Ids) => Array.from({ length: 300 }, () => ids.next('acme', shape))
        const made = some(new Ids(seed))
        const wanted =
          shape.kind === 'uuid'
            ? /^(?:SM)?[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/
            : new RegExp(`^${shape.prefix}${form[shape.kind]}{${shape.length}}$`)
        for (const id of made) expect(id).toMatch(wanted)
        expect(new Set(made).size).toBe(300)
        expect(some(new Ids(seed))).toEqual(made)
        expect(some(new Ids(seed + 1))).not.toEqual(made)
      }),
      { numRuns: 60 },
    )
  })

  it('are others at the next start, unless a seed is chosen', async () => {
    const at = async (now: number, seed: number) => {
      const desk = simulatorDesk({
        vendors: [imitatedVendor([imitation()])],
        now: () => now,
        faults: { seed, faults: [] },
      })
      const raw = { method: 'POST', headers: { 'x-key': 'good', 'content-type': 'application/json' } }
      const body = '{"to":"+14155550123","text":"Hi"}'
      const paths = ['/acme/v1/accounts/one/messages', '/generic/messages']
      const made = await Promise.all(paths.map((url) => desk.handle({ ...raw, url, body })))
      return made.map((decision) =>
        decision.kind === 'reply' ? (JSON.parse(decision.reply.body) as { id: string }).id : '',
      )
    }
    const [first, second] = [await at(1_000_000, usualSeed), await at(2_000_000, usualSeed)]
    expect(first.filter((id) => id === '' || second.includes(id))).toEqual([])
    expect(await at(1_000_000, 7)).toEqual(await at(2_000_000, 7))
  })

  it('go through all there are before one comes again', () => {
    const ids = new Ids(7)
    const made = Array.from({ length: 90 }, () => ids.next('acme', { prefix: '', kind: 'digits', length: 2 }))
    expect(new Set(made).size).toBe(90)
  })
})
