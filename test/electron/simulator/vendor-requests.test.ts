import { Agent, request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  imitatedVendor,
  imitation,
  startImitated,
  type ImitatedServer,
} from '../../helpers/imitated-vendor.ts'
import { rawRequest } from '../../helpers/raw-request.ts'

const messages = '/acme/v1/accounts/one/messages'
const to = '+14155550123'

let acme: ImitatedServer
beforeAll(async () => {
  const byQuery = imitation({
    paths: ['/send', '/send.json'],
    methods: ['GET', 'POST'],
    takes: ['form', 'query'],
    to: ['field.to'],
    checks: [{ at: 'field.to', need: 'present', answer: 'missing', words: 'to is required' }],
  })
  const formAlone = { ...byQuery, paths: ['/form-alone'], takes: ['form'] }
  const sameAddress = imitation({ takes: ['json'], paths: ['/mixed'] })
  const sameAsForm = imitation({ takes: ['form'], paths: ['/mixed'], id: { prefix: 'FORM', kind: 'hex' } })
  const strict = imitation({
    paths: ['/strict'],
    takes: ['json'],
    answers: {
      badJson: { status: 400, words: 'Bad JSON', body: { code: 'bad_json', why: '{{why}}' } },
      wrongContentType: { status: 415, words: 'Wrong type', body: { code: 'wrong_type' } },
    },
  })
  const nested = imitation({
    paths: ['/nested'],
    to: ['body.to[0].number', 'body.a[b]', 'body.list', 'body.deep.er'],
  })
  nested['checks'] = [
    { at: ['body.x', 'body.to'], need: 'present', optional: true, answer: 'missing', words: 'x' },
  ]
  acme = await startImitated([
    imitatedVendor([imitation(), byQuery, formAlone, sameAddress, sameAsForm, strict, nested]),
  ])
})
afterAll(() => acme.close())

const json = { 'content-type': 'application/json' }

describe('an imitated address', () => {
  it('takes a form and JSON, with a charset, a slash at its end, codes in its path, and headers in any case', async () => {
    const forms: [string, string, string][] = [
      [messages, 'application/x-www-form-urlencoded; charset=utf-8', `to=${encodeURIComponent(to)}`],
      [`${messages}/`, 'APPLICATION/JSON', JSON.stringify({ to })],
      ['/acme/v1/%61ccounts/one/messages', 'application/json', JSON.stringify({ to })],
      [`${messages}?x=1`, 'application/vnd.acme+json', JSON.stringify({ to })],
    ]
    for (const [path, type, body] of forms) {
      const answer = await acme.ask(path, { headers: { 'Content-Type': type, 'X-KEY': 'good' }, body })
      expect({ path, status: answer.status, json: answer.json }).toMatchObject({
        path,
        status: 201,
        json: { to },
      })
      expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(answer.text)))
    }
  })

  it('reads names with brackets, repeated names, lists and names with dots', async () => {
    const sent: [string, string][] = [
      ['to[0][number]=111&to[0][x]=y', '111'],
      ['a%5Bb%5D=222', '222'],
      ['list=333&list=444', '333'],
      ['deep.er=555', '555'],
      ['__proto__[polluted]=1&list=6', '6'],
    ]
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const [body, found] of sent) {
      await acme.ask('/acme/nested', { headers: form, body })
      expect(acme.received.at(-1)).toMatchObject({ to: found, accepted: true })
    }
    await acme.ask('/acme/nested', { headers: json, body: '{"to":[{"number":777}]}' })
    expect(acme.received.at(-1)).toMatchObject({ to: '777' })
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('takes a query where the vendor does, and only there', async () => {
    expect((await acme.ask('/acme/send?to=123', { method: 'GET' })).status).toBe(201)
    expect((await acme.ask('/acme/send.json?to=123', { method: 'POST' })).status).toBe(201)
    const inQuery = await acme.ask(`${messages}?to=${to}`)
    expect(inQuery).toMatchObject({ status: 400, json: { why: 'to is required' } })
    expect((await acme.ask('/acme/form-alone?to=123')).status).toBe(400)
    expect((await acme.ask('/acme/form-alone', { body: { to: '123' } })).status).toBe(201)
  })

  it('tells two APIs of one address apart by what they take', async () => {
    const asJson = await acme.ask('/acme/mixed', { headers: json, body: JSON.stringify({ to }) })
    const asForm = await acme.ask('/acme/mixed', { body: { to } })
    expect([asJson.json, asForm.json]).toMatchObject(
      [{ id: /^ID/ }, { id: /^FORM/ }].map(({ id }) => ({
        id: expect.stringMatching(id),
      })),
    )
  })

  it('says what it takes when the body is of another type, none, or broken', async () => {
    const text = await acme.ask(messages, { headers: { 'content-type': 'text/xml' }, body: '<to>1</to>' })
    expect(text).toMatchObject({ status: 415 })
    expect(text.text).toBe(
      'This address takes application/x-www-form-urlencoded or application/json; the request has the content type text/xml.\n',
    )
    const none = await rawRequest(
      acme.port,
      [`POST ${messages} HTTP/1.1`, `Host: 127.0.0.1:${acme.port}`, 'X-Key: good'],
      'to=1',
    )
    expect(none).toMatchObject({ status: 415, body: expect.stringContaining('has no content type') })
    const broken = await acme.ask(messages, { headers: json, body: '{"to":' })
    expect(broken).toMatchObject({ status: 400, text: expect.stringContaining('The body is not valid JSON') })
    expect(acme.received.at(-1)).toMatchObject({
      accepted: false,
      answer: expect.stringContaining('not valid JSON'),
    })
    const own = await acme.ask('/acme/strict', { headers: json, body: '{' })
    expect(own.json).toMatchObject({ code: 'bad_json', why: expect.stringContaining('not valid JSON') })
    expect((await acme.ask('/acme/strict', { body: { to } })).json).toEqual({ code: 'wrong_type' })
    const malformed = await rawRequest(
      acme.port,
      [`POST ${messages} HTTP/1.1`, `Host: 127.0.0.1:${acme.port}`, 'X-Key: good', 'Content-Type: ;;'],
      'to=1',
    )
    expect(malformed.status).toBe(415)
  })

  it('names what is near when nothing answers', async () => {
    const lost = await acme.ask('/acme/v1/messages', { body: { to } })
    expect(lost.status).toBe(404)
    expect(lost.text).toContain(
      'Nothing answers POST /acme/v1/messages. Near it: POST /acme/v1/accounts/:account/messages',
    )
    expect(acme.received.at(-1)).toMatchObject({ vendor: 'acme', accepted: false, status: 404 })
    const vendor = await acme.ask('/akme/v1', { body: { to } })
    expect(vendor).toMatchObject({ status: 404, text: expect.stringContaining('one of /generic, /acme') })
    expect((await acme.ask('/', { method: 'GET' })).status).toBe(404)
    expect((await acme.ask('/generic/other', { method: 'GET' })).text).toContain('POST /generic/messages')
  })

  it('takes no message by another method', async () => {
    const count = acme.received.filter(({ accepted }) => accepted).length
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const answer = await acme.ask(messages, { method })
      expect({ method, status: answer.status }).toEqual({ method, status: 405 })
      expect(answer.headers.get('allow')).toBe('POST')
    }
    expect((await acme.ask('/generic/messages', { method: 'DELETE' })).status).toBe(405)
    expect(acme.received.filter(({ accepted }) => accepted)).toHaveLength(count)
  })

  it('answers one request after the other over the same connection', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ports = new Set<number | undefined>()
    for (let count = 0; count < 3; count += 1) {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const headers = { ...json, 'x-key': 'good', accept: '*/*', expect: '100-continue' }
        const asked = request({
          agent,
          port: acme.port,
          host: '127.0.0.1',
          method: 'POST',
          path: messages,
          headers,
        })
        asked.on('socket', (socket) => socket.once('connect', () => ports.add(socket.localPort)))
        asked.on('error', reject)
        asked.on('response', (answer) => answer.resume().on('end', () => resolve(answer.statusCode)))
        asked.end(JSON.stringify({ to }))
      })
      expect(status).toBe(201)
    }
    agent.destroy()
    expect(ports.size).toBe(1)
  })

  it('refuses a body beyond all measure in plain words', async () => {
    const answer = await acme.ask(messages, { headers: json, body: `"${'x'.repeat(300_000)}"` })
    expect(answer.status).toBe(413)
    expect(answer.headers.get('content-type')).toContain('text/plain')
  })
})
