import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { MessageStory } from '#shared/message.ts'
import type { OAuth2, ProviderSettings } from '#shared/settings.ts'
import { verdictOf } from '#shared/verdict.ts'
import { startHttpServer, type Answer, type HttpServer } from '../../helpers/http-server.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let tokens: HttpServer
let api: HttpServer
let clock = 1_800_000_000_000
let giveToken: (index: number) => Answer | Promise<Answer>
let answer: (token: string | undefined) => Answer

const grant = (token: string, more: object = { expires_in: 3600 }): Answer => ({
  body: JSON.stringify({ access_token: token, token_type: 'Bearer', ...more }),
})

beforeEach(async () => {
  giveToken = (index) => grant(`token-number-${index}`)
  answer = () => ({})
  test = await openTestWorkbench({ now: () => clock })
  tokens = await startHttpServer((_request, index) => giveToken(index))
  api = await startHttpServer(({ headers }) => answer(headers.authorization))
})
afterEach(async () => {
  await Promise.all([tokens.close(), api.close()])
  await test.close()
})

const secret = 's3cret & sölt+/='

function oauth(more: Partial<OAuth2> = {}): OAuth2 {
  return {
    kind: 'oauth2',
    tokenUrl: `http://127.0.0.1:${tokens.port}/token?tenant=a%20b`,
    clientId: 'client:one',
    clientSecret: '{{secret:client}}',
    scope: 'sms.send sms.read',
    credentialsIn: 'header',
    parameters: [{ name: 'audience', value: 'https://api/&x', enabled: true }],
    ...more,
  }
}

function provider(auth: Partial<OAuth2> = {}, more: Partial<ProviderSettings> = {}) {
  const settings = { endpoint: `http://127.0.0.1:${api.port}/sms`, auth: oauth(auth), ...more }
  return providerInput(settings, { secrets: { client: secret } })
}

async function saved(auth: Partial<OAuth2> = {}, more: Partial<ProviderSettings> = {}) {
  return (await test.call('providers.save', provider(auth, more))).id
}

const send = (id: string, isTest = false) => test.call('messages.send', sendInput(id, { test: isTest }))
const codeOf = (story: MessageStory) => onlyAttempt(story).outcome?.code
const bearers = () => api.received.map(({ headers }) => headers.authorization)

describe('an access token', () => {
  it('is asked for as RFC 6749 has it, with the credentials in a header', async () => {
    expect(codeOf(await send(await saved()))).toBe('accepted')
    const [asked] = tokens.received
    expect(asked).toMatchObject({ method: 'POST', url: '/token?tenant=a%20b' })
    const basic = Buffer.from(asked?.headers.authorization?.slice(6) ?? '', 'base64').toString()
    expect(basic.split(':').map((part) => new URLSearchParams(`x=${part}`).get('x'))).toEqual([
      'client:one',
      secret,
    ])
    expect(asked?.headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
      grant_type: 'client_credentials',
      scope: 'sms.send sms.read',
      audience: 'https://api/&x',
    })
    expect(bearers()).toEqual(['Bearer token-number-0'])
  })

  it('or with the credentials in the body', async () => {
    await send(await saved({ credentialsIn: 'body', scope: '', parameters: [] }))
    expect(tokens.received[0]?.headers.authorization).toBeUndefined()
    expect(Object.fromEntries(new URLSearchParams(tokens.received[0]?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client:one',
      client_secret: secret,
    })
  })

  it('is shared by messages that go at once, and kept for those that follow', async () => {
    const id = await saved()
    await Promise.all([send(id), send(id), send(id)])
    await send(id)
    expect(tokens.received).toHaveLength(1)
    expect(new Set(bearers())).toEqual(new Set(['Bearer token-number-0']))
  })

  it.each([
    [{ expires_in: 3600 }, 3540],
    [{ expires_in: '100' }, 90],
    [{}, 270],
  ])('given %o is renewed after %i s', async (more, seconds) => {
    giveToken = (index) => grant(`token-number-${index}`, more)
    const id = await saved()
    await send(id)
    clock += seconds * 1000 - 1
    await send(id)
    expect(tokens.received).toHaveLength(1)
    clock += 1
    await send(id)
    expect(bearers()).toEqual([0, 0, 1].map((index) => `Bearer token-number-${index}`))
  })

  it('is not shared by providers, nor kept when what it was asked with changes', async () => {
    const input = provider()
    await test.call('providers.save', input)
    await send(input.id)
    await send(await saved())
    expect(tokens.received).toHaveLength(2)
    await test.call('providers.save', { ...input, secrets: { client: 'another secret' } })
    await send(input.id)
    expect(tokens.received).toHaveLength(3)
  })

  it('is not asked for where the user’s own Authorization header takes its place', async () => {
    const headers = [{ name: 'authorization', value: 'Key abc', enabled: true }]
    expect(codeOf(await send(await saved({}, { headers })))).toBe('accepted')
    expect([tokens.received.length, bearers()]).toEqual([0, ['Key abc']])
  })

  it('stands in no file, event or answer, and is revealed only while it is kept', async () => {
    answer = (bearer) => ({ body: JSON.stringify({ echo: bearer }), headers: { 'X-Echo': bearer ?? '' } })
    const story = await send(await saved())
    const attempt = onlyAttempt(story)
    const recorded = attempt.request?.headers.find(({ name }) => name === 'Authorization')
    expect(recorded?.value).toEqual(['Bearer ', { secret: 'access token', place: 'raw' }])
    const reveal = async () => {
      const request = await test.call('messages.revealRequest', { attemptId: attempt.id })
      return request.headers.find(({ name }) => name === 'Authorization')?.value.join('')
    }
    expect(await reveal()).toBe('Bearer token-number-0')
    const kept = [story, test.events, await test.call('messages.get', { id: story.id })]
    for (const each of kept) expect(JSON.stringify(each)).not.toMatch(/token-number|s3cret/)
    clock += 3_600_000
    expect(await reveal()).toBe('Bearer <access token, no longer kept>')
    const files = readdirSync(test.folder, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    )
    expect(files.length).toBeGreaterThan(2)
    for (const file of files)
      expect(readFileSync(join(file.parentPath, file.name)).includes('token-number')).toBe(false)
  })
})

describe('a kept token that the provider refuses', () => {
  const accepting = (good: string) => (bearer: string | undefined) => ({
    status: bearer === good ? 200 : 401,
  })

  it('is replaced once within the attempt', async () => {
    const id = await saved()
    await send(id)
    answer = accepting('Bearer token-number-1')
    const story = await send(id)
    expect(onlyAttempt(story).outcome).toMatchObject({ code: 'accepted', facts: { tokenRenewed: true } })
    expect(bearers()).toEqual([0, 0, 1].map((index) => `Bearer token-number-${index}`))
    expect(await test.call('messages.get', { id: story.id })).toEqual(story)
  })

  it('is not replaced a second time, nor where it was fresh', async () => {
    const id = await saved()
    await send(id)
    answer = accepting('none')
    const outcome = onlyAttempt(await send(id)).outcome
    expect(outcome).toMatchObject({ code: 'unauthorized', facts: { tokenRenewed: true } })
    expect(outcome && verdictOf(outcome).cause).toContain('fresh access token')
    expect([tokens.received.length, api.received.length]).toEqual([2, 3])
    const next = onlyAttempt(await send(id)).outcome
    expect(next).toMatchObject({ code: 'unauthorized', facts: { status: 401 } })
    expect(next?.facts.tokenRenewed).toBeUndefined()
    expect([tokens.received.length, api.received.length]).toEqual([3, 4])
  })

  it('is not replaced where the provider’s own code says that the message may have been taken', async () => {
    const reading = { messageId: '', errorCode: 'code', errorText: '' }
    const id = await saved({}, { reading, codes: [{ code: 'X9', class: 'unknown' }] })
    await send(id)
    answer = () => ({ status: 401, body: '{"code":"X9"}' })
    expect(onlyAttempt(await send(id)).outcome).toMatchObject({ class: 'unknown', code: 'vendor_code' })
    expect([tokens.received.length, api.received.length]).toEqual([1, 2])
  })

  it('stays refused where no other can be had', async () => {
    const id = await saved()
    await send(id)
    answer = accepting('none')
    giveToken = () => ({ status: 400, body: '{"error":"invalid_client"}' })
    const attempt = onlyAttempt(await send(id))
    expect(attempt.outcome).toMatchObject({ class: 'misconfigured', code: 'unauthorized' })
    expect(attempt.response?.status).toBe(401)
    expect(attempt.outcome && verdictOf(attempt.outcome).cause).toContain('invalid_client')
  })
})
