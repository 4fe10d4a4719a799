import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Exported } from '#shared/export.ts'
import { openCallbackScene, testMapping, type CallbackScene } from '../../helpers/callbacks.ts'
import { exportedText, fromCsv, fromNdjson } from '../../helpers/exported.ts'
import { addLogRows, logRow } from '../../helpers/log-rows.ts'

let scene: CallbackScene
beforeEach(async () => {
  scene = await openCallbackScene()
})
afterEach(() => scene.close())

/** The address of a provider whose vendor sends several receipts at once. */
async function listsOfReceipts(): Promise<string> {
  const { receipts: one } = testMapping
  const mapping = { ...testMapping, receipts: one && { ...one, itemsAt: '[*]' } }
  return (await scene.addProvider({ settings: { ...scene.provider.settings, callbacks: mapping } })).address
}

const all = { subject: 'messages', filter: { providerId: null } } as const satisfies Exported
const receipts = { subject: 'receipts', filter: { providerId: null } } as const satisfies Exported

test('messages leave as they are in the log, the oldest first, numbers as text and formulas harmless', async () => {
  const first = await scene.send({ text: '=HYPERLINK("http://x")\nsecond; "line"', test: false })
  const second = await scene.send({ text: 'Grüße, 你好 🎉', test: true })
  const csv = await exportedText(scene, all, 'csv')
  expect(csv.startsWith('\uFEFFMessage id,')).toBe(true)
  const rows = fromCsv(csv)
  expect(rows).toMatchObject([
    {
      'Message id': first.id,
      Created: new Date(first.createdAt).toISOString(),
      To: "'+14155550123",
      Text: `'=HYPERLINK("http://x")\nsecond; "line"`,
      Provider: scene.provider.name,
      'Provider’s message id': 'vendor-1',
      State: 'sent',
      Test: 'no',
    },
    { 'Message id': second.id, Text: 'Grüße, 你好 🎉', Test: 'yes' },
  ])
  const lines = fromNdjson(await exportedText(scene, all, 'ndjson'))
  expect(lines).toMatchObject([
    {
      id: first.id,
      to: '+14155550123',
      text: '=HYPERLINK("http://x")\nsecond; "line"',
      test: false,
      segments: 1,
    },
    { id: second.id, text: 'Grüße, 你好 🎉', test: true },
  ])
})

test('an export is what the log held as it began, whatever fits the filter, in many parts', async () => {
  const states = ['sent', 'failed', 'delivered'] as const
  const many = Array.from({ length: 2500 }, (_, index) =>
    logRow({ text: `No ${index}`, createdAt: 1_700_000_000_000 + index, state: states[index % 3] ?? 'sent' }),
  )
  addLogRows(scene.folder, many)
  const between = () => scene.send({ text: 'Too late' })
  const lines = fromNdjson(await exportedText(scene, all, 'ndjson', between))
  expect(lines.map(({ text }) => text)).toEqual(many.map(({ text }) => text))

  const failed = { subject: 'messages', filter: { providerId: null, states: ['failed'] } } as const
  const rows = fromCsv(
    await exportedText(scene, { ...failed, filter: { ...failed.filter, states: ['failed'] } }, 'csv'),
  )
  expect(rows.map((row) => row['Text'])).toEqual(
    many.filter(({ state }) => state === 'failed').map(({ text }) => text),
  )
})

test('attempts leave with what came of them, and with no request, body or secret', async () => {
  scene.answers.push(
    'HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{"id":"no-x"}',
  )
  const message = await scene.send()
  const lines = fromNdjson(await exportedText(scene, { ...all, subject: 'attempts' }, 'ndjson'))
  expect(lines).toMatchObject([
    {
      messageId: message.id,
      attempt: 1,
      providerId: scene.provider.id,
      outcomeClass: 'misconfigured',
      outcome: 'bad_request',
      status: 400,
      bytesOut: true,
    },
  ])
  expect(Object.keys(lines[0] ?? {})).not.toContain('request')
})

test('receipts leave in the order in which they came, also those that belong to nothing', async () => {
  const message = await scene.send()
  await scene.post({ id: 'vendor-1', status: 'DELIVRD', at: 1_700_000_000 })
  await scene.post({ id: 'nobody', status: 'FAILED', code: '=1+1', at: 9e17 })
  const other = await scene.addProvider()
  await scene.post({ msisdn: '+447700900123', message: 'STOP' }, other.address)
  const rows = fromCsv(await exportedText(scene, receipts, 'csv'))
  expect(rows).toMatchObject([
    {
      'Message id': message.id,
      State: 'delivered',
      Effect: 'counted',
      'Time that it tells': '2023-11-14T22:13:20.000Z',
    },
    { 'Message id': '', Effect: 'waiting', 'Provider’s error code': "'=1+1" },
    { Kind: 'reply', From: "'+447700900123", Text: 'STOP', Provider: other.provider.name },
  ])
  const own = { ...receipts, filter: { providerId: other.provider.id, since: 0, until: Date.now() + 1000 } }
  expect(fromNdjson(await exportedText(scene, own, 'ndjson'))).toHaveLength(1)
})

test('receipts that came many to a request leave in parts of some hundreds, each once', async () => {
  const address = await listsOfReceipts()
  for (let request = 0; request < 6; request += 1)
    await scene.post(
      Array.from({ length: 900 }, (_, index) => ({ id: `${request}/${index}`, status: 'DELIVRD' })),
      address,
    )
  const first = await scene.call('export.part', { exported: receipts, format: 'ndjson', cursor: null })
  expect(first.rows).toBeLessThan(2000)
  const lines = fromNdjson(await exportedText(scene, receipts, 'ndjson'))
  expect(lines).toHaveLength(5400)
  expect(new Set(lines.map(({ vendorId }) => vendorId)).size).toBe(5400)
})

test('whatever stands in a text, a reader of CSV gets it back, but for the quote before a formula', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 40 })
  const texts = fc.sample(fc.oneof(text, fc.constantFrom('-1', '@x', '\t', ' a ', '"', '\r\n', ',;')), 300)
  addLogRows(
    scene.folder,
    texts.map((body) => logRow({ text: body })),
  )
  const rows = fromCsv(await exportedText(scene, all, 'csv'))
  expect(rows.map((row) => row['Text']?.replace(/^'(?=[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/, ''))).toEqual(
    texts.map((body) => body.replace(/^'(?=[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/, '')),
  )
})

test('an export comes to its end though its provider is deleted meanwhile, with what was there', async () => {
  const { id, name } = scene.provider
  const many = Array.from({ length: 1500 }, (_, index) =>
    logRow({ text: `No ${index}`, createdAt: index, providerId: id, providerName: name }),
  )
  addLogRows(scene.folder, many)
  await scene.addProvider({ name: 'Other' })
  const deletion = () => scene.call('providers.delete', { id, name })
  for (const subject of ['messages', 'attempts'] as const) {
    const exported = { subject, filter: { providerId: id } } as const
    const between = subject === 'messages' ? deletion : undefined
    const lines = fromNdjson(await exportedText(scene, exported, 'ndjson', between))
    expect(lines.length).toBeLessThan(many.length)
    expect(lines.map(({ text }) => text)).toEqual(many.slice(0, lines.length).map(({ text }) => text))
  }
})

test('half characters and nothings in a text break no line of a file', async () => {
  const texts = ['half \ud83d', '\udc00 half', 'nothing \u0000 in it', '\u2028\u0085\u000b', '\ufeff=1+1']
  addLogRows(
    scene.folder,
    texts.map((text) => logRow({ text })),
  )
  const whole = texts.map((text) => Buffer.from(text).toString())
  const bytes = async (format: 'csv' | 'ndjson') =>
    Buffer.from(await exportedText(scene, all, format), 'utf8').toString('utf8')
  expect(fromNdjson(await bytes('ndjson')).map(({ text }) => text)).toEqual(whole)
  expect(fromCsv(await bytes('csv')).map((row) => row['Text'])).toEqual(whole)
})
