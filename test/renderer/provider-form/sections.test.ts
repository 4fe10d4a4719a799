import { expect, test } from 'vitest'
import { rootArrays } from '../../../renderer/features/provider-form/body-arrays.ts'
import { inputOf, settingsOf } from '../../../renderer/features/provider-form/form-settings.ts'
import { emptyForm, formOf, newCode } from '../../../renderer/features/provider-form/form-state.ts'
import {
  connectionSummary,
  limitsSummary,
} from '../../../renderer/features/provider-form/section-summaries.ts'
import { formatMoney } from '../../../renderer/lib/format.ts'
import { settingsWith } from '../../helpers/settings.ts'

test('every new setting comes back from the form as it was', () => {
  const settings = settingsWith({
    auth: {
      kind: 'oauth2',
      tokenUrl: 'https://a.example/token',
      clientId: 'me',
      clientSecret: '{{secret:client-secret}}',
      scope: 'sms',
      credentialsIn: 'body',
      parameters: [{ name: 'audience', value: 'x', enabled: false }],
    },
    parameters: { kind: 'raw', contentType: 'application/json', text: '{"list": [{"to": "$$To"}]}' },
    batch: { array: 'list', size: 50 },
    success: { statusFrom: 200, statusTo: 202, body: { kind: 'xml', path: '/r/@code', equals: '0' } },
    codes: [{ code: '30007', class: 'rejected' }],
    connection: {
      proxy: { kind: 'manual', address: 'http://proxy:3128', username: 'me', password: '{{secret:proxy}}' },
      authorities: '-----BEGIN CERTIFICATE-----',
    },
    ratePerSecond: 0.5,
    atOnce: 25,
    price: { perSegment: 0.0079, currency: 'USD' },
  })
  expect(settingsOf(formOf({ id: crypto.randomUUID(), name: 'x', settings }))).toEqual(settings)
})

test('a batch belongs to a raw JSON body that is posted; anything else sends one message', () => {
  const form = emptyForm()
  form.batch = { on: true, array: 'list', size: 10 }
  expect(settingsOf(form).batch).toBeNull()
  form.parameters.kind = 'raw'
  expect(settingsOf(form).batch).toEqual({ array: 'list', size: 10 })
  form.method = 'GET'
  expect(settingsOf(form).batch).toBeNull()
  form.method = 'POST'
  form.parameters.contentType = 'text/xml'
  expect(settingsOf(form).batch).toBeNull()
})

test('empty codes are left out, and a currency is written in capitals', () => {
  const form = emptyForm()
  form.codes = [newCode(), newCode({ code: ' 7 ', class: 'unknown' })]
  form.price = { perSegment: 0.01, currency: ' eur ' }
  const { codes, price } = inputOf(form).settings
  expect(codes).toEqual([{ code: '7', class: 'unknown' }])
  expect(price).toEqual({ perSegment: 0.01, currency: 'EUR' })
})

test('closed parts say in a line what is set', () => {
  const form = emptyForm()
  expect(connectionSummary(form)).toBe('System proxy · usual time-outs')
  expect(limitsSummary(form)).toBe('No limit · no price')
  form.connection.proxy = { kind: 'manual', address: 'http://proxy:3128', username: '', password: '' }
  form.timeouts.tlsMs = 9000
  form.ratePerSecond = 2
  form.price = { perSegment: 0.0079, currency: 'EUR' }
  expect(connectionSummary(form)).toBe('Proxy proxy:3128 · time-outs: TLS 9000 ms')
  expect(formatMoney(0.0079, 'EUR')).toMatch(/0.0079/)
  expect(limitsSummary(form)).toBe(`2 a second · ${formatMoney(0.0079, 'EUR')} a segment`)
})

test('the arrays at a body’s root are found, with placeholders in quotes or bare', () => {
  expect(
    rootArrays('{"a": [{"to": "$$To", "n": $$n}], "b": {"c": []}, "d": [], "e": "{{secret:k}}"}'),
  ).toEqual(['a', 'd'])
  expect(rootArrays('[{"to": "$$To"}]')).toEqual([])
  expect(rootArrays('{"a": [')).toEqual([])
  expect(rootArrays('null')).toEqual([])
})
