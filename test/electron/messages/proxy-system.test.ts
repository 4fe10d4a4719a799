import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ProviderSettings } from '#shared/settings.ts'
import { proxyFromEnvironment } from '../../../electron/sending/access/proxy-environment.ts'
import { authority, startHttpServer, type HttpServer } from '../../helpers/http-server.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { startProxyServer, type ProxyServer } from '../../helpers/proxy-server.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'
import { newId } from '../../helpers/new-id.ts'

const authorization = `Basic ${Buffer.from('jo:p@ssphrase').toString('base64')}`
const authorities: ProviderSettings['connection'] = { proxy: { kind: 'system' }, authorities: authority }

let test: TestWorkbench
let api: HttpServer
let secure: HttpServer
let proxy: ProxyServer

beforeEach(async () => {
  api = await startHttpServer(() => ({ body: '{"access_token":"from-behind","expires_in":60}' }))
  secure = await startHttpServer(
    () => ({ body: '{"access_token":"from-behind","expires_in":60}' }),
    'trusted',
  )
  proxy = await startProxyServer({ authorization })
  const address = `http://jo:p%40ssphrase@127.0.0.1:${proxy.port}`
  test = await openTestWorkbench({
    network: { lookup: () => Promise.reject(new Error('the proxy looks names up')) },
    systemProxy: proxyFromEnvironment({ ALL_PROXY: address, NO_PROXY: 'direct.example.test' }),
  })
})
afterEach(async () => {
  await Promise.all([api.close(), secure.close(), proxy.close()])
  await test.close()
})

const send = async (settings: Partial<ProviderSettings>) =>
  onlyAttempt(await test.call('messages.send', sendInput(providerInput(settings))))

it('a message goes through the proxy that the system names, whose password stands nowhere', async () => {
  const attempt = await send({ endpoint: `http://api.example.test:${api.port}/sms` })
  expect(attempt.outcome).toMatchObject({ code: 'accepted', facts: { proxy: `127.0.0.1:${proxy.port}` } })
  expect(proxy.seen).toEqual([{ line: `POST http://api.example.test:${api.port}/sms`, authorization }])
  test.workbench.log.info('said aloud p@ssphrase')
  await test.workbench.close()
  const log = readFileSync(join(test.folder, 'logs', 'workbench.log'), 'utf8')
  expect(log).toContain('said aloud [secret]')
  expect(JSON.stringify([attempt, test.events])).not.toContain('ssphrase')
  await test.reopen()
})

it('this machine, exempt hosts and providers without a proxy are reached directly', async () => {
  const here = await send({ endpoint: `http://127.0.0.1:${api.port}/` })
  expect(here.outcome).toMatchObject({ code: 'accepted', facts: { host: `127.0.0.1:${api.port}` } })
  expect(here.outcome?.facts.proxy).toBeUndefined()
  const exempt = await send({ endpoint: `http://direct.example.test:${api.port}/` })
  expect(exempt.outcome?.code).toBe('dns_failed')
  const connection: ProviderSettings['connection'] = { proxy: { kind: 'none' }, authorities: '' }
  const none = await send({ endpoint: `http://api.example.test:${api.port}/`, connection })
  expect(none.outcome?.code).toBe('dns_failed')
  expect(proxy.seen).toEqual([])
})

it('a token is fetched through the same proxy, trusting the same authorities', async () => {
  const auth: ProviderSettings['auth'] = {
    kind: 'oauth2',
    tokenUrl: `https://localhost.example.test:${secure.port}/token`,
    clientId: 'one',
    clientSecret: 'two',
    scope: '',
    credentialsIn: 'header',
    parameters: [],
  }
  const endpoint = `https://api.example.test:${secure.port}/sms`
  const wrongName = await send({ endpoint, auth, connection: authorities })
  expect(wrongName.outcome).toMatchObject({
    code: 'token_unavailable',
    facts: { names: ['api.example.test', 'localhost', '127.0.0.1'], proxy: `127.0.0.1:${proxy.port}` },
  })
  const tokenUrl = `https://api.example.test:${secure.port}/token`
  const right = await send({ endpoint, auth: { ...auth, tokenUrl }, connection: authorities })
  expect(right.outcome?.code).toBe('accepted')
  expect(secure.received.map(({ url }) => url)).toEqual(['/token', '/sms'])
  expect(secure.received[1]?.headers.authorization).toBe('Bearer from-behind')
  const untrusted = await test.call('providers.testToken', {
    key: newId(),
    draft: providerInput({ endpoint, auth: { ...auth, tokenUrl } }),
  })
  expect(untrusted.outcome).toMatchObject({
    code: 'token_unavailable',
    facts: { systemCode: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
  })
})

it('certificate authorities that cannot be read are refused when they are saved', async () => {
  const broken = providerInput({
    connection: { ...authorities, authorities: authority.replace('MII', 'XXX') },
  })
  const refusal = await test.refusal('providers.save', broken)
  expect(refusal).toMatchObject({
    code: 'invalid_input',
    details: { issues: [{ path: 'settings.connection.authorities' }] },
  })
  expect(refusal.message).toContain('Certificate 1 of 1')
  await test.call('providers.save', providerInput({ connection: authorities }))
})
