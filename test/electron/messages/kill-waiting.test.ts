import { once } from 'node:events'
import { expect, it } from 'vitest'
import type { ProviderSettings } from '#shared/settings.ts'
import { startHttpServer } from '../../helpers/http-server.ts'
import { providerInput } from '../../helpers/messages.ts'
import { openTestWorkbench } from '../../helpers/workbench.ts'
import { startChild } from '../db/fixtures/child.ts'

/** Has a process of its own send twenty messages at a time, and kills it once `moment` has come. */
async function messagesAfterKill(settings: Partial<ProviderSettings>, moment: Promise<void>) {
  const test = await openTestWorkbench()
  const provider = providerInput(settings)
  await test.call('providers.save', provider)
  await test.workbench.close()
  const { child } = startChild('../../messages/fixtures/sending.ts', test.folder, provider.id)
  const exited = once(child, 'exit')
  await moment
  child.kill('SIGKILL')
  await exited
  await test.reopen()
  const { messages } = await test.call('messages.list', { providerId: provider.id, before: null, limit: 50 })
  await test.close()
  return messages
}

it('a kill while a token is fetched leaves no message that may arrive', async () => {
  let asked = () => {}
  const moment = new Promise<void>((resolve) => (asked = resolve))
  const tokens = await startHttpServer(() => {
    asked()
    return new Promise(() => {})
  })
  const api = await startHttpServer(() => ({}))
  const auth: ProviderSettings['auth'] = {
    kind: 'oauth2',
    tokenUrl: `http://127.0.0.1:${tokens.port}/`,
    clientId: 'one',
    clientSecret: 'two',
    scope: '',
    credentialsIn: 'header',
    parameters: [],
  }
  const messages = await messagesAfterKill({ endpoint: `http://127.0.0.1:${api.port}/`, auth }, moment)
  expect([messages, tokens.received.length, api.received]).toEqual([[], 1, []])
  await Promise.all([tokens.close(), api.close()])
})

it('a kill while messages wait for their turn leaves only the one whose turn it was', async () => {
  let asked = () => {}
  const moment = new Promise<void>((resolve) => (asked = resolve))
  const api = await startHttpServer(() => {
    asked()
    return new Promise(() => {})
  })
  const settings = { endpoint: `http://127.0.0.1:${api.port}/`, ratePerSecond: 0.01 }
  const messages = await messagesAfterKill(settings, moment)
  expect(messages).toMatchObject([{ state: 'failed', outcomeCode: 'interrupted' }])
  expect(api.received).toHaveLength(1)
  await api.close()
})
