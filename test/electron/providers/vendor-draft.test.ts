import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHttpServer, type HttpServer } from '../../helpers/http-server.ts'
import { onlyAttempt, sendInput } from '../../helpers/messages.ts'
import { acmeAt, acmeInput, vendorFiles } from '../../helpers/vendor.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'
import { newId } from '../../helpers/new-id.ts'

describe('a draft of the catalogue', () => {
  let server: HttpServer
  let bench: TestWorkbench
  beforeEach(async () => {
    server = await startHttpServer(() => ({ body: '{"id":"m-1"}' }))
    const local = acmeAt(`http://127.0.0.1:${server.port}`)
    bench = await openTestWorkbench({ vendorFiles: vendorFiles(local) })
  })
  afterEach(async () => {
    await bench.close()
    await server.close()
  })

  it('is sent with the request that its choice makes, and with the secrets that are typed or saved', async () => {
    const draft = acmeInput({ sender: 'ACME', template: '$$TemplateID' })
    draft.settings.endpoint = 'http://127.0.0.1:9/never'
    const values = { TemplateID: 'T-9' }
    const story = await bench.call('messages.send', sendInput(draft, { values }))
    expect(onlyAttempt(story).outcome).toMatchObject({ class: 'accepted' })
    expect(story.providerMessageId).toBe('m-1')
    expect(server.received).toMatchObject([
      { url: '/accounts/AC1234/send', headers: { authorization: 'Bearer the-token-of-acme' } },
    ])
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({
      to: '+14155550123',
      text: 'Hello',
      from: 'ACME',
      tags: [{ template: 'T-9' }],
      extra: { deep: { note: 'ACME' } },
    })
    await bench.call('providers.save', draft)
    await bench.call('messages.send', sendInput({ ...draft, secrets: {} }, { values }))
    await bench.call('messages.send', sendInput(draft.id, { values }))
    const sent = server.received.map(({ headers, body }) => [headers.authorization, body])
    expect(sent[1]).toEqual(sent[0])
    expect(sent[2]).toEqual(sent[0])
  })

  it('is refused where its fields are, before anything goes out', async () => {
    const draft = acmeInput({ account: 'x' }, { secrets: {} })
    const refused = await bench.refusal('messages.send', sendInput(draft))
    expect(refused.details.issues?.map(({ path }) => path)).toEqual([
      'provider.draft.vendor.fields.account',
      'provider.draft.secrets.token',
    ])
    expect(server.received).toEqual([])
  })

  it('is shown, half typed as it is', async () => {
    const draft = acmeInput({ account: '', flash: 'true' }, { secrets: { sub: 'below' } })
    const preview = { to: '', country: null, text: 'Hi', values: {}, reveal: false }
    const shown = await bench.call('providers.preview', { draft, ...preview })
    const [own] = shown.ok ? shown.request.headers.filter(({ name }) => name === 'X-Sub') : []
    expect(own?.value).toEqual([{ secret: 'sub', place: 'raw' }])
    const body = shown.ok ? shown.request.body.join('') : ''
    expect(JSON.parse(body)).toEqual({ to: '$$To', text: 'Hi', flash: true })
  })

  it('has no token of OAuth 2.0 to test', async () => {
    const draft = acmeInput()
    draft.settings.auth = {
      kind: 'oauth2',
      tokenUrl: `http://127.0.0.1:${server.port}/token`,
      clientId: 'c',
      clientSecret: '{{secret:token}}',
      scope: '',
      credentialsIn: 'body',
      parameters: [],
    }
    expect(await bench.refusal('providers.testToken', { key: newId(), draft })).toMatchObject({
      code: 'invalid_input',
    })
    expect(server.received).toEqual([])
  })
})
