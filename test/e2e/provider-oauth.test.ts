import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { freePort } from '../helpers/free-port.ts'
import { openPage, type Opened } from '../helpers/page.ts'
import { reply, startRawServer, type RawServer } from '../helpers/raw-server.ts'

/** A token that must never be seen on the page. */
const token = 'eyJ-a-token-nobody-may-see'
let opened: Opened
let server: RawServer

beforeAll(async () => {
  server = await startRawServer({
    // A client that is called "silent" never gets an answer.
    onRequest: (socket, request) => request.includes('client_id=silent') || socket.end(answerTo(request)),
  })
  opened = await openPage()
})
afterAll(async () => {
  await opened.close()
  await server.close()
})
beforeEach(async () => {
  const { page, host } = opened
  await page.goto(`${host.origin}/providers/new/generic`)
  await page.getByRole('radiogroup', { name: 'Authentication' }).getByText('OAuth 2.0').click()
})

function answerTo(request: string): string {
  const headers = ['Content-Type: application/json', 'Connection: close']
  if (!request.includes('client_secret=right'))
    return reply(
      '401 Unauthorized',
      '{"error":"invalid_client","error_description":"Unknown client"}',
      headers,
    )
  const body = { access_token: token, token_type: 'Bearer', expires_in: 1800, scope: 'sms.send' }
  return reply('200 OK', JSON.stringify(body), headers)
}

async function fillIn(secret: string, port = server.port): Promise<void> {
  const { page } = opened
  await page.getByRole('textbox', { name: 'Token URL', exact: true }).fill(`http://127.0.0.1:${port}/token`)
  await page.getByRole('textbox', { name: 'Client ID', exact: true }).fill('workbench')
  await page.getByLabel('Client secret', { exact: true }).fill(secret)
  await page.getByRole('radiogroup', { name: 'Credentials in' }).getByText('Request body').click()
}

test('a token is asked for before anything is saved, and shown by all but itself', async () => {
  const { page } = opened
  const button = page.getByRole('button', { name: 'Test token' })
  expect(await button.isDisabled()).toBe(true)
  await page.getByText('Fill in first: token URL, client ID, client secret.').waitFor()

  await fillIn('right')
  await page.getByRole('textbox', { name: 'Scope', exact: true }).fill('sms.send')
  await page.getByRole('button', { name: 'Add token parameter' }).click()
  await page.getByRole('textbox', { name: 'Token parameter 1 name' }).fill('audience')
  await page.getByRole('textbox', { name: 'Token parameter 1 value' }).fill('https://sms.example')
  await button.click()

  const result = page.getByRole('region', { name: 'Token test' })
  await result.getByText('Token received').waitFor()
  expect(await result.innerText()).toMatch(/Valid for 30 min, until \d\d:\d\d:\d\d\. Scope: sms\.send\./)
  await result.getByText('200 OK').waitFor()
  await result.getByRole('tab', { name: 'Request' }).click()
  await result.getByText('•••• client-secret').waitFor()
  expect(await result.innerText()).toContain('audience=https%3A%2F%2Fsms.example')
  await result.getByRole('tab', { name: 'Timing' }).click()
  await result.getByLabel('Timing').getByText('Waiting').waitFor()
  expect(await page.content()).not.toContain(token)
  expect(server.received.at(-1)).toContain('scope=sms.send')
})

test('a refusal is told in words, and goes when the settings are edited', async () => {
  const { page } = opened
  await fillIn('wrong')
  await page.getByRole('button', { name: 'Test token' }).click()
  const result = page.getByRole('region', { name: 'Token test' })
  await result.getByText('The token server refused the client (401)').waitFor()
  await result
    .getByText(/Unknown client/)
    .first()
    .waitFor()
  await page.getByLabel('Client secret', { exact: true }).fill('right')
  await result.waitFor({ state: 'detached' })
})

test('a token server that is not there is told apart from one that refuses', async () => {
  const { page } = opened
  await fillIn('right', await freePort())
  await page.getByRole('button', { name: 'Test token' }).click()
  const result = page.getByRole('region', { name: 'Token test' })
  await result.getByText('No access token could be had').waitFor()
  expect(await result.innerText()).toContain('no answer')
})

test('the client secret is a secret from the start: saved, and only said to be set', async () => {
  const { page, host } = opened
  await fillIn('right')
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('OAuth gateway')
  await page.getByRole('textbox', { name: 'Endpoint', exact: true }).fill('http://127.0.0.1:9/send')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByLabel('Client secret is set').waitFor()
  await page.waitForURL(/\/providers\/[0-9a-f-]{36}$/)
  const id = page.url().split('/').at(-1)!
  const saved = await host.call('providers.get', { id })
  expect(saved).toMatchObject({
    value: {
      settings: { auth: { kind: 'oauth2', clientSecret: '{{secret:client-secret}}', credentialsIn: 'body' } },
      secrets: [{ name: 'client-secret', state: 'set' }],
    },
  })
  // The saved one is used for a test as well.
  await page.getByRole('button', { name: 'Test token' }).click()
  await page.getByRole('region', { name: 'Token test' }).getByText('Token received').waitFor()
})

test('a token server that takes its time need not be waited for', async () => {
  const { page } = opened
  await fillIn('right')
  await page.getByRole('textbox', { name: 'Client ID', exact: true }).fill('silent')
  const button = page.getByRole('button', { name: 'Test token' })
  await button.click()
  await page.getByText('Waiting for the token server').waitFor()
  expect(await button.isDisabled()).toBe(true)
  await page.getByRole('region', { name: 'Settings' }).getByRole('button', { name: 'Cancel' }).click()
  await page.getByText('Waiting for the token server').waitFor({ state: 'detached' })
  expect(await button.isDisabled()).toBe(false)
})
