import { expect, it } from 'vitest'
import { verdictOf } from '#shared/verdict.ts'
import { startHttpServer } from '../../helpers/http-server.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { openTestWorkbench } from '../../helpers/workbench.ts'
import { newId } from '../../helpers/new-id.ts'

it.each(['MessageID', 'Body'])(
  'a token request with $$%s is not sent, by a test or a message',
  async (name) => {
    const test = await openTestWorkbench()
    const server = await startHttpServer(() => ({ body: '{"access_token":"token-1234567890"}' }))
    const auth = {
      kind: 'oauth2' as const,
      tokenUrl: `http://127.0.0.1:${server.port}/token`,
      clientId: 'one',
      clientSecret: '{{secret:client}}',
      scope: '',
      credentialsIn: 'body' as const,
      parameters: [{ name: 'x', value: `$$${name}`, enabled: true }],
    }
    const endpoint = `http://127.0.0.1:${server.port}/sms`
    const draft = providerInput({ endpoint, auth }, { secrets: { client: 'very secret' } })
    const { outcome } = onlyAttempt(await test.call('messages.send', sendInput(draft)))
    const tested = await test.call('providers.testToken', { key: newId(), draft })
    for (const one of [outcome, tested.outcome]) {
      expect(one?.code).toBe('request_not_renderable')
      expect(one && verdictOf(one).cause).toContain(`$$${name}`)
    }
    expect(server.received).toHaveLength(0)
    await server.close()
    await test.close()
  },
)
