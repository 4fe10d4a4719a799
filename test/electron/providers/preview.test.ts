import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PreviewInput } from '#shared/provider-tools.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import { providerInput } from '../../helpers/messages.ts'
import { formRows, headerRows } from '../../helpers/settings.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
beforeAll(async () => {
  test = await openTestWorkbench()
})
afterAll(() => test.close())

const blank = { to: '', country: null, text: '', values: {}, reveal: false }

function preview(changes: Partial<ProviderSettings>, more: Partial<PreviewInput> = {}, secrets = {}) {
  return test.call('providers.preview', { draft: providerInput(changes, { secrets }), ...blank, ...more })
}

it('shows what is missing by its placeholder’s name, and what is given as it goes out', async () => {
  const changes = {
    method: 'GET',
    endpoint: 'https://$$zone.example.test/send/$$ref?x=1',
    headers: headerRows({ 'X-Id': '$$MessageID' }),
    parameters: formRows({ to: '$$To', text: '$$Body', from: '$$From' }),
  } as const
  expect(await preview(changes)).toMatchObject({
    ok: true,
    request: {
      url: ['https://$$zone.example.test/send/$$ref?x=1&to=$$To&text=$$Body&from='],
      headers: expect.arrayContaining([{ name: 'X-Id', value: ['$$MessageID'] }]),
    },
  })
  const given = {
    to: '(415) 555-0123',
    country: 'US',
    text: 'a&b',
    values: { zone: 'eu1', ref: '1/2' },
  } as const
  expect(await preview(changes, given)).toMatchObject({
    request: { url: ['https://eu1.example.test/send/1%2F2?x=1&to=%2B14155550123&text=a%26b&from='] },
  })
})

it('takes half-typed settings, and says in words what is in the way', async () => {
  for (const endpoint of ['', 'https', 'https://', 'ftp://x/', 'https://{{secret:k}}/']) {
    const answer = await preview({ endpoint })
    expect(answer).toEqual({ ok: false, problem: expect.stringMatching(/^[A-Z].{20,}\.$/) })
  }
  const halfRow = await preview({ headers: headerRows({ 'bad name': 'x' }) })
  expect(halfRow).toMatchObject({ ok: false, problem: expect.stringContaining('header name') })
})

it('shows a second record where messages are sent in batches', async () => {
  const text = '{"messages":[{"to":"$$To","from":"$$From"}]}'
  const parameters = { kind: 'raw', contentType: 'application/json', text } as const
  const changes = { parameters, from: 'ACME', batch: { array: 'messages', size: 10 } }
  expect(await preview(changes, { to: '+14155550123' })).toMatchObject({
    request: { body: ['{"messages":[{"to":"+14155550123","from":"ACME"},{"to":"$$To","from":"ACME"}]}'] },
  })
  const problem = expect.stringContaining('no “texts”')
  expect(await preview({ ...changes, batch: { array: 'texts', size: 10 } })).toEqual({ ok: false, problem })
})

it('masks secrets, and spells out those that have a value when asked', async () => {
  const saved = providerInput({ headers: headerRows({ 'X-Saved': '{{secret:saved}}' }) })
  await test.call('providers.save', { ...saved, secrets: { saved: 'kept"1' } })
  const settings = {
    ...saved.settings,
    headers: headerRows({ 'X-Saved': '{{secret:saved}}', 'X-Missing': '{{secret:missing}}' }),
    auth: { kind: 'bearer', token: '{{secret:typed}}' },
  } as const
  const draft = { id: saved.id, settings, secrets: { typed: 'fresh2' } }
  const masked = await test.call('providers.preview', { draft, ...blank })
  expect(JSON.stringify(masked)).not.toMatch(/kept|fresh2/)
  const form = { ...draft, settings: { ...settings, parameters: formRows({ key: '{{secret:saved}}' }) } }
  const length = { name: 'content-length', value: [String('key=kept%221'.length)] }
  const withBody = await test.call('providers.preview', { draft: form, ...blank })
  expect(withBody).toMatchObject({ request: { headers: expect.arrayContaining([length]) } })
  const revealed = await test.call('providers.preview', { draft, ...blank, reveal: true })
  expect(revealed).toMatchObject({
    request: {
      headers: expect.arrayContaining([
        { name: 'X-Saved', value: ['kept"1'] },
        { name: 'X-Missing', value: [{ secret: 'missing', place: 'raw' }] },
        { name: 'Authorization', value: ['Bearer ', 'fresh2'] },
      ]),
    },
  })
})

it('never spells out an access token', async () => {
  const tokenUrl = 'http://127.0.0.1:9/token'
  const auth: ProviderSettings['auth'] = {
    kind: 'oauth2',
    tokenUrl,
    clientId: '',
    clientSecret: '',
    scope: '',
    credentialsIn: 'header',
    parameters: [],
  }
  const value = ['Bearer ', { secret: 'access token', place: 'raw' }]
  for (const reveal of [false, true]) {
    expect(await preview({ auth }, { reveal })).toMatchObject({
      request: { headers: expect.arrayContaining([{ name: 'Authorization', value }]) },
    })
  }
})
