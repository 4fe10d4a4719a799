import { expect, test } from 'vitest'
import { emptySettings, type ProviderSettings, type Row } from '#shared/settings.ts'
import { headersText } from '../../../../electron/sending/render/fixed-head.ts'
import { renderRequest } from '../../../../electron/sending/render/render.ts'

const header = (name: string, value: string): Row => ({ ...emptyRow, name, value })
const emptyRow: Row = { name: '', value: '', enabled: true }

const settingsWith = (...headers: Row[]): ProviderSettings => ({
  ...emptySettings(),
  endpoint: 'https://api.example.test/sms',
  headers,
})

function render(settings: ProviderSettings, body: string, userAgent = 'Agent/1') {
  const values = { To: '+14155550123', Body: body, From: '', MessageID: body }
  return renderRequest(settings, { values, secretValue: () => 'hidden', userAgent })
}

const recordedOf = (settings: ProviderSettings, body: string, userAgent?: string) =>
  Object.fromEntries(
    render(settings, body, userAgent).recorded.headers.map(({ name, value }) => [name, value]),
  )

test('messages share the headers that are the same for all of them', () => {
  const settings = settingsWith(header('X-Plain', 'Grüße'))
  const [one, two] = [render(settings, 'one'), render(settings, 'two')]
  expect(two.headers).toBe(one.headers)
  expect(two.recorded.headers).toBe(one.recorded.headers)
  expect(one.headers).toContainEqual(['X-Plain', Buffer.from('Grüße').toString('latin1')])
})

test('each body keeps its own length', () => {
  const settings = settingsWith()
  for (const body of ['short', 'a longer text', 'short'])
    expect(recordedOf(settings, body)['content-length']).toEqual([
      String(Buffer.byteLength(render(settings, body).body)),
    ])
})

test.each([
  ['a placeholder', header('X-Text', 'is $$Body')],
  ['a secret', header('X-Key', '{{secret:key}}')],
  ['a word by encoding', header('X-Type', '{{encoding:text|unicode}}')],
])('headers with %s are made for each message', (_what, row) => {
  const settings = settingsWith(row)
  expect(render(settings, 'two').headers).not.toBe(render(settings, 'one').headers)
})

test('other settings, another agent and another host have headers of their own', () => {
  const settings = settingsWith(header('X-Plain', 'one'))
  expect(recordedOf(settings, 'x')).toMatchObject({ 'User-Agent': ['Agent/1'], 'X-Plain': ['one'] })
  expect(recordedOf(settings, 'x', 'Agent/2')).toMatchObject({ 'User-Agent': ['Agent/2'] })
  expect(recordedOf(settingsWith(header('X-Plain', 'two')), 'x')).toMatchObject({ 'X-Plain': ['two'] })
  const byText = { ...settings, endpoint: 'https://$$Body.example.test/sms' }
  expect([recordedOf(byText, 'eu')['host'], recordedOf(byText, 'us')['host']]).toEqual([
    ['eu.example.test'],
    ['us.example.test'],
  ])
})

test('the text of recorded headers is their JSON, shared or not', () => {
  for (const row of [header('X-Plain', 'a "b" \\ ü'), header('X-Key', '{{secret:key}}')]) {
    const { headers } = render(settingsWith(row), 'x').recorded
    expect(headersText(headers)).toBe(JSON.stringify(headers))
  }
})
