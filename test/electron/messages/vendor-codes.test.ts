import { afterAll, beforeAll, expect, it } from 'vitest'
import type { MeaningClass } from '#shared/success-rule.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import { verdictOf } from '#shared/verdict.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { reply, startRawServer } from '../../helpers/raw-server.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let other: TestWorkbench
let server: Awaited<ReturnType<typeof startRawServer>>
const requests: string[] = []
let body = '{"status":"bad","code":21211,"text":"Not a number"}'

beforeAll(async () => {
  test = await openTestWorkbench()
  other = await openTestWorkbench()
  server = await startRawServer({
    onRequest: (socket, request) => {
      requests.push(Buffer.from(request, 'latin1').toString('utf8'))
      socket.write(reply('200 OK', body))
    },
  })
})
afterAll(async () => {
  await server.close()
  await test.close()
  await other.close()
})

const words = { cause: 'The number does not exist.', next: 'Correct the number.' }
const settings = (meaning: MeaningClass): Partial<ProviderSettings> => ({
  endpoint: `http://127.0.0.1:${server.port}/sms`,
  success: {
    statusFrom: 200,
    statusTo: 299,
    body: { kind: 'json', path: 'status', equals: 'ok', or: ['queued', '0'] },
  },
  reading: { messageId: 'messages[0].id || id', errorCode: 'error.code || code', errorText: 'text' },
  codes: [{ code: '21211', class: meaning, ...words }],
})
const listed = async (id: string) =>
  (await test.call('providers.list', undefined)).find((provider) => provider.id === id)

it.each([
  ['rejected', null],
  ['unavailable', null],
  ['unknown', null],
  ['misconfigured', 'The provider answered with code 21211'],
] as const)(
  'a code that means %s flags its provider with %j, and shows the words it has',
  async (meaning, attention) => {
    const provider = providerInput(settings(meaning))
    await test.call('providers.save', provider)
    const story = await test.call('messages.send', sendInput(provider.id))
    expect(story.outcomeClass).toBe(meaning)
    const cause = `${words.cause} It says: Not a number.`
    expect(await listed(provider.id)).toMatchObject({ attention, lastError: { cause, next: words.next } })
  },
)

it('a story keeps the words that the settings had when it was told', async () => {
  const provider = providerInput(settings('rejected'))
  await test.call('providers.save', provider)
  const story = await test.call('messages.send', sendInput(provider.id))
  const changed = {
    ...settings('rejected'),
    codes: [{ code: '21211', class: 'rejected' as const, cause: 'Other.' }],
  }
  await test.call('providers.save', { ...provider, settings: { ...provider.settings, ...changed } })
  const again = await test.call('messages.get', { id: story.id })
  expect(verdictOf(onlyAttempt(again).outcome!)).toMatchObject({ next: words.next })
})

it('further values, alternatives and words survive saving, a restart, and a file', async () => {
  const provider = providerInput(settings('rejected'))
  await test.call('providers.save', provider)
  await test.reopen()
  const saved = await test.call('providers.get', { id: provider.id })
  expect(saved.settings).toMatchObject(settings('rejected'))
  const { text } = await test.call('providers.export', { ids: [provider.id], passphrase: null })
  await other.call('providers.import', { text, passphrase: null, choices: {} })
  expect((await other.call('providers.get', { id: provider.id })).settings).toEqual(saved.settings)
})

it('an answer is accepted by any of the values, and its id read from where it is', async () => {
  body = '{"status":0,"code":21211,"id":"b-1"}'
  const story = await test.call('messages.send', sendInput(providerInput(settings('rejected'))))
  expect(story).toMatchObject({ outcomeClass: 'accepted', providerMessageId: 'b-1' })
  expect(onlyAttempt(story).outcome?.facts).not.toHaveProperty('codeCause')
})

it('each text goes out with the word for its encoding, and is recorded and shown so', async () => {
  const text = '{"text":"$$Body","type":"{{encoding:TEXT|UNICODE}}","dcs":{{encoding:0|8}}}'
  const provider = providerInput({
    ...settings('rejected'),
    parameters: { kind: 'raw', contentType: 'application/json', text },
  })
  const sent = async (message: string) => {
    const story = await test.call('messages.send', sendInput(provider, { text: message }))
    const recorded = onlyAttempt(story).request?.body.join('') ?? ''
    expect(requests.at(-1)).toContain(recorded)
    return JSON.parse(recorded) as unknown
  }
  expect(await sent('{{encoding:a|b}}')).toEqual({ text: '{{encoding:a|b}}', type: 'TEXT', dcs: 0 })
  expect(await sent('ж')).toEqual({ text: 'ж', type: 'UNICODE', dcs: 8 })
})
