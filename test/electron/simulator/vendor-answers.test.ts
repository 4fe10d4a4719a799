import { describe, expect, it } from 'vitest'
import { imitatedPath, withImitated } from '../../helpers/imitated-vendor.ts'

const to = '+14155550123'

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
    await withImitated({ checks }, async (acme) => {
      for (const number of ['+15005550003', '15005550003', '5005550003', '05005550003', '001 500 555-0003'])
        expect((await acme.ask(imitatedPath, { body: { to: number } })).status).toBe(402)
      expect((await acme.ask(imitatedPath, { body: { to: '915005550003' } })).status).toBe(201)
      expect((await acme.ask(imitatedPath, { body: { to: '25005550003' } })).json).toMatchObject({
        why: 'Not Indian',
      })
    })
  })

  it('is the vendor’s before it is everybody’s, by recipient and by sender', async () => {
    await withImitated({ magic, answers: { gone } }, async (acme) => {
      const status = async (body: Record<string, string>) => (await acme.ask(imitatedPath, { body })).status
      expect(await status({ to: '+15005550001' })).toBe(410)
      expect(await status({ to, from: '15005550007' })).toBe(410)
      expect(await status({ to, from: '15005550001' })).toBe(201)
      expect(await status({ to: '+15005550007' })).toBe(429)
      expect(acme.received.at(-1)).toMatchObject({ answer: 'Too fast, as this number asks for' })
    })
  })

  it('tells a failure in a 200 by the answer that the vendor has for that', async () => {
    await withImitated({}, async (acme) => {
      const answer = await acme.ask(imitatedPath, { body: { to: '+15005550011' } })
      expect(answer).toMatchObject({ status: 200, json: { error: 'Opted out' } })
    })
    const optedOut = { status: 400, words: 'Opted out', body: {} }
    await withImitated({ answers: { optedOut } }, async (acme) => {
      const answer = await acme.ask(imitatedPath, { body: { to: '+15005550011' } })
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
    await withImitated({ ...whole, answers }, async (acme) => {
      const text = `{{id}} "x" ${'ü☃'.repeat(40)}`
      const sent = JSON.stringify({ to, from: 'Me', text, extra: { a: 1 }, n: 7 })
      const answer = await acme.ask(`${imitatedPath}?q=a%20b`, { headers, body: sent })
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
    await withImitated({ ...whole, answers }, async (acme) => {
      const sent = (number: string) => ({
        headers,
        body: JSON.stringify({ to: number, text: '<a>&\r\nx: y' }),
      })
      const plain = await acme.ask(imitatedPath, sent(to))
      expect(plain.text).toMatch(/^OK ID[0-9a-f]{8} <a>&\r\nx: y$/)
      expect(plain.headers.get('content-type')).toBe('text/plain')
      const xml = await acme.ask(imitatedPath, sent('+15005550003'))
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
    await withImitated({ acceptedWith, id, answers: { acceptedByService } }, async (acme) => {
      const answer = await acme.ask(imitatedPath, { body: { to, service: 'S' } })
      expect(answer.json).toEqual({ by: 'service', id: expect.any(Number) })
      expect(acme.received.at(-1)).toMatchObject({ accepted: true, answer: 'Taken by the service' })
      expect((await acme.ask(imitatedPath, { body: { to, own: 'mine' } })).json).toMatchObject({ id: 'mine' })
    })
  })
})

describe('an account’s rate', () => {
  it('is counted in a window that slides, for each credential, after the credential is known to be good', async () => {
    await withImitated({ rate: { requests: 2, inMs: 1500 } }, async (acme) => {
      const send = (key: string) => acme.ask(imitatedPath, { headers: { 'x-key': key }, body: { to } })
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
