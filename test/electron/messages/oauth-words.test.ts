import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHttpServer, type Answer, type HttpServer } from '../../helpers/http-server.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'
import { newId } from '../../helpers/new-id.ts'

let test: TestWorkbench
let tokens: HttpServer
let api: HttpServer
let given: Answer

const plainBody =
  '{"id":"false-null-17","error":null,"queued":false,"state":"expired or not-available, undefined"}'

beforeEach(async () => {
  test = await openTestWorkbench()
  tokens = await startHttpServer(() => given)
  api = await startHttpServer(() => ({ body: plainBody }))
})
afterEach(async () => {
  await Promise.all([tokens.close(), api.close()])
  await test.close()
})

function oauthProvider() {
  const auth = {
    kind: 'oauth2' as const,
    tokenUrl: `http://127.0.0.1:${tokens.port}/token`,
    clientId: 'one',
    clientSecret: '{{secret:client}}',
    scope: '',
    credentialsIn: 'body' as const,
    parameters: [],
  }
  return providerInput({ auth }, { secrets: { client: 'very secret' } })
}

const ask = () => test.call('providers.testToken', { key: newId(), draft: oauthProvider() })

describe('what a token server answers', () => {
  it.each([
    [200, '{"access_token":"tok-1234567890","refresh_token":null,"id_token":false,"expires_in":3600}'],
    [200, '{"access_token":"tok-1234567890","refresh_token":"null","id_token":"expired"}'],
    [200, '{"access_token":"null","id_token":"undefined"}'],
    [400, '{"errors":{"access_token":"expired","refresh_token":"not-available"}}'],
    [400, 'access_token: expired, refresh_token=null&id_token=undefined false'],
    [401, '{"error_description":"access_token: not-available, id_token=expired"}'],
  ])('HTTP %i %s makes no word a secret of other providers’ answers', async (status, body) => {
    given = { status, body }
    const other = providerInput({
      endpoint: `http://127.0.0.1:${api.port}/sms`,
      reading: { messageId: 'id', errorCode: '', errorText: '' },
    })
    await ask()
    const story = await test.call('messages.send', sendInput(other))
    expect(story.providerMessageId).toBe('false-null-17')
    expect(onlyAttempt(story).response?.body).toBe(plainBody)
  })

  it.each([
    [200, '{"data":{"access_token":"nested-1234567890"}}', 'nested-1234567890'],
    [200, '{"access_token":"a-12","refresh_token":"second1/2=="}', 'second1/2=='],
    [400, '{"error_description":"no: access_token=in-words-4f2a9c77b1"}', 'in-words-4f2a9c77b1'],
    [200, 'access_token=form-4f2a9c77b1e0&expires_in=3600', 'form-4f2a9c77b1e0'],
    [500, '<p>"access_token": "html-4f2a9c77b1e0"</p>', 'html-4f2a9c77b1e0'],
    [200, '{"access_token":"cut-off-4f2a9c77b1e0","scop', 'cut-off-4f2a9c77b1e0'],
  ])('HTTP %i %s is shown without its token', async (status, body, token) => {
    given = { status, body }
    const result = await ask()
    expect(JSON.stringify(result)).not.toContain(token)
    expect(result.response?.body).toContain('[secret]')
  })

  it('may be nested as deeply as it is long', async () => {
    given = { body: `${'['.repeat(100_000)}${']'.repeat(100_000)}` }
    expect((await ask()).outcome).toMatchObject({ facts: { reason: 'its answer is not a JSON object' } })
  })

  it('is valid for a year at most, so that its end can be told', async () => {
    given = { body: '{"access_token":"tok-1234567890","expires_in":1e13}' }
    const { expiresAt } = await ask()
    expect(expiresAt).toBeLessThan(Date.now() + 366 * 86_400_000)
    expect(expiresAt).toBeGreaterThan(Date.now() + 364 * 86_400_000)
  })
})
