import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { reply, startRawServer, type RawServer } from '../../helpers/raw-server.ts'
import { formRows, headerRows } from '../../helpers/settings.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let server: RawServer
let answer: (request: string) => string | null
const waiting: (() => void)[] = []

beforeAll(async () => {
  test = await openTestWorkbench()
  server = await startRawServer({
    onRequest: (socket, request) => {
      const bytes = answer(request)
      if (bytes !== null) socket.write(bytes)
      for (const go of waiting.splice(0)) go()
    },
  })
})
beforeEach(() => {
  answer = () => reply('201 Created', '{"id":"x1"}', ['Content-Type: application/json'])
})
afterAll(async () => {
  await test.close()
  await server.close()
})

const endpoint = () => `http://127.0.0.1:${server.port}/v1/sms`
const requestSeen = () => new Promise<void>((resolve) => waiting.push(resolve))

describe('sending', () => {
  it('shows exactly the bytes that went out, and what came back', async () => {
    const draft = providerInput({
      endpoint: `${endpoint()}?account=$$From`,
      from: 'ACME & Co',
      headers: headerRows({ 'X-Ref': '$$MessageID' }),
      parameters: formRows({ to: '$$To', text: '$$Body' }),
    })
    const story = await test.call('messages.send', sendInput(draft, { text: 'Grüße & 100 %' }))
    const { request, response, timings } = onlyAttempt(story)
    const [head = '', body] = (server.received.at(-1) ?? '').split('\r\n\r\n')
    const [line, ...headers] = head.split('\r\n')
    expect(line).toBe('POST /v1/sms?account=ACME%20%26%20Co HTTP/1.1')
    const recorded = request?.headers.map(({ name, value }) => `${name}: ${value.join('')}`)
    expect(recorded).toEqual(headers)
    expect(recorded).toContain(`X-Ref: ${story.id}`)
    expect(request?.url).toEqual([`${endpoint()}?account=ACME%20%26%20Co`])
    expect(request?.body).toEqual([body])
    expect(body).toBe('to=%2B14155550123&text=Gr%C3%BC%C3%9Fe+%26+100+%25')
    expect(response).toMatchObject({ status: 201, statusText: 'Created', body: '{"id":"x1"}', bytes: 11 })
    expect(timings).toMatchObject({ dns: null, tls: null, reused: false, remoteAddress: '127.0.0.1' })
    expect(timings?.connect).toBeGreaterThan(0)
    expect(timings?.total).toBeGreaterThanOrEqual(timings?.firstByte ?? Infinity)
  })

  it.each([
    ['e164', '+442079460018'],
    ['digits', '442079460018'],
    ['national', '2079460018'],
  ] as const)('writes the number as the provider wants it: %s', async (numberFormat, expected) => {
    const draft = providerInput({ endpoint: endpoint(), numberFormat })
    const story = await test.call('messages.send', sendInput(draft, { to: '+44 20 7946 0018' }))
    const [, body] = (server.received.at(-1) ?? '').split('\r\n\r\n')
    expect(new URLSearchParams(body).get('to')).toBe(expected)
    expect(story.to).toBe('+442079460018')
  })

  it('commits message and attempt before the first byte goes out', async () => {
    const input = sendInput(providerInput({ endpoint: endpoint() }))
    let found: unknown
    const seen = requestSeen()
    answer = () => null
    const sending = test.call('messages.send', input)
    await seen
    const { messages } = await test.call('messages.list', { providerId: null, before: null, limit: 1 })
    found = messages[0]
    expect(found).toMatchObject({ state: 'sending', to: '+14155550123', outcomeClass: null })
    await test.call('messages.cancel', { key: input.key })
    const story = await sending
    expect(onlyAttempt(story).outcome).toMatchObject({ class: 'unknown', code: 'cancelled_after_sending' })
  })

  it('never sends the same key twice, neither at once nor later nor after a restart', async () => {
    const input = sendInput(providerInput({ endpoint: endpoint() }))
    const before = server.received.length
    const [first, second] = await Promise.all([
      test.call('messages.send', input),
      test.call('messages.send', input),
    ])
    await test.reopen()
    const third = await test.call('messages.send', input)
    expect([second.id, third.id]).toEqual([first.id, first.id])
    expect(server.received.length).toBe(before + 1)
  })

  it('asks for the values of custom placeholders and a readable number, by field', async () => {
    const draft = providerInput({
      endpoint: endpoint(),
      parameters: formRows({ to: '$$To', t: '$$template' }),
    })
    const error = await test.refusal('messages.send', sendInput(draft, { to: '12' }))
    expect(error.code).toBe('invalid_input')
    expect(error.details.issues?.map(({ path }) => path)).toEqual(['to', 'values.template'])
  })

  it('keeps the story of a request that cannot be built', async () => {
    const draft = providerInput({ endpoint: endpoint(), auth: { kind: 'bearer', token: '{{secret:none}}' } })
    const story = await test.call('messages.send', sendInput(draft))
    expect(onlyAttempt(story)).toMatchObject({
      outcome: { code: 'secret_missing', facts: { names: ['none'] } },
      request: null,
    })
  })

  it('flags the provider that is ours to mend until a message passes', async () => {
    const provider = providerInput({ endpoint: endpoint() })
    await test.call('providers.save', provider)
    const status = async () =>
      (await test.call('providers.list', undefined)).find(({ id }) => id === provider.id)
    expect(await status()).toMatchObject({ status: 'untested', lastTest: null })
    answer = () => reply('401 No', '')
    await test.call('messages.send', sendInput(provider.id))
    expect(await status()).toMatchObject({ status: 'needs_attention', counts: { sent: 0, errors: 1 } })
    answer = () => reply('503 Busy', '')
    await test.call('messages.send', sendInput(provider.id))
    expect(await status()).toMatchObject({ status: 'needs_attention' })
    answer = () => reply('200 OK', '')
    await test.call('messages.send', sendInput(provider.id, { test: false }))
    expect(await status()).toMatchObject({
      status: 'failing',
      attention: null,
      counts: { sent: 1, errors: 2 },
      testCounts: { sent: 0, errors: 2 },
      lastTest: { code: 'service_unavailable' },
    })
  })

  it('reads an id in either case as the same', async () => {
    const input = sendInput(providerInput({ endpoint: endpoint() }))
    const before = server.received.length
    const first = await test.call('messages.send', input)
    const again = await test.call('messages.send', { ...input, key: input.key.toUpperCase() })
    expect(again.id).toBe(first.id)
    expect(server.received.length).toBe(before + 1)
    const upper = await test.call('messages.get', { id: first.id.toUpperCase() })
    expect(upper.id).toBe(first.id)
  })

  it('has an outcome whatever the answer is, and whoever fails to listen', async () => {
    const stop = test.workbench.events.subscribe(() => {
      throw new Error('a listener that fails')
    })
    answer = () => reply('200 OK', `{"id":${'['.repeat(60_000)}${']'.repeat(60_000)}}`)
    const reading = { messageId: 'id', errorCode: '', errorText: '' }
    const story = await test.call(
      'messages.send',
      sendInput(providerInput({ endpoint: endpoint(), reading })),
    )
    stop()
    expect(story.outcomeClass).toMatch(/accepted|unknown/)
    expect(await test.call('messages.get', { id: story.id })).toMatchObject({ state: story.state })
  })

  it('uses a connection again for sends, and a new one for each test', async () => {
    const provider = providerInput({ endpoint: endpoint() })
    await test.call('providers.save', provider)
    const send = (isTest: boolean) => test.call('messages.send', sendInput(provider.id, { test: isTest }))
    await send(false)
    const before = server.received.length
    const second = await send(false)
    expect(server.received.length).toBe(before)
    const tested = await send(true)
    expect(server.received.length).toBe(before + 1)
    expect(onlyAttempt(tested).timings).toMatchObject({ reused: false })
    expect(onlyAttempt(second).timings).toMatchObject({ reused: true, connect: null })
  })

  it('pages through the messages, newest first', async () => {
    const all = await test.call('messages.list', { providerId: null, before: null, limit: 500 })
    const first = await test.call('messages.list', { providerId: null, before: null, limit: 3 })
    const last = first.messages.at(-1)?.id ?? null
    const second = await test.call('messages.list', { providerId: null, before: last, limit: 3 })
    expect(first.more).toBe(true)
    expect([...first.messages, ...second.messages].map(({ id }) => id)).toEqual(
      all.messages.slice(0, 6).map(({ id }) => id),
    )
  })
})

it('a store that is replaced while a message is on its way gets nothing of it', async () => {
  const other = await openTestWorkbench()
  const seen = requestSeen()
  answer = () => null
  const first = sendInput(providerInput({ endpoint: endpoint() }))
  const sending = other.call('messages.send', first)
  await seen
  await other.call('store.startEmpty', undefined)
  expect(onlyAttempt(await sending).outcome).toMatchObject({ code: 'cancelled_after_sending' })
  answer = () => reply('500 No', '')
  const second = await other.call('messages.send', sendInput(providerInput({ endpoint: endpoint() })))
  const { messages } = await other.call('messages.list', { providerId: null, before: null, limit: 10 })
  expect(messages).toMatchObject([{ id: second.id, state: 'failed', outcomeCode: 'server_error' }])
  await other.close()
})
