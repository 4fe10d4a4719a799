import { describe, expect, test } from 'vitest'
import { providerInputSchema } from '#shared/provider.ts'
import { checkForm } from '../../../renderer/features/provider-form/check-form.ts'
import { emptyForm, newCode, newRow } from '../../../renderer/features/provider-form/form-state.ts'

const named = () => {
  const form = emptyForm()
  form.name = 'Gateway'
  form.endpoint = 'https://api.example.com/sms'
  return form
}
const check = (form: ReturnType<typeof named>) => checkForm(form, providerInputSchema)
const paths = (form: ReturnType<typeof named>) =>
  check(form)
    .map((issue) => issue.path)
    .sort()

describe('the form’s errors', () => {
  test('come all at once: those of single fields and those of fields together', () => {
    const form = emptyForm()
    form.endpoint = 'ftp://example.com'
    form.status = { from: 300, to: 200 }
    form.timeouts.connectMs = ''
    // A fraction ends the schema's own checks early.
    form.timeouts.tlsMs = 1000.5
    form.headers = [newRow({ name: 'bad name', value: 'x', enabled: true })]
    form.connection.proxy = { kind: 'manual', address: 'proxy', username: '', password: '' }
    form.auth.kind = 'oauth2'
    expect(paths(form)).toEqual([
      'name',
      'settings.auth.clientId',
      'settings.auth.clientSecret',
      'settings.auth.tokenUrl',
      'settings.connection.proxy.address',
      'settings.endpoint',
      'settings.headers.0.name',
      'settings.success.statusTo',
      'settings.timeouts.connectMs',
      'settings.timeouts.tlsMs',
    ])
  })

  test('name each field once', () => {
    const form = named()
    form.status = { from: 300, to: 200 }
    expect(paths(form)).toEqual(['settings.success.statusTo'])
  })

  test('point at the row of the token request’s parameters, empty rows before it or not', () => {
    const form = named()
    form.auth = {
      ...form.auth,
      kind: 'oauth2',
      tokenUrl: 'https://a.example/token',
      clientId: 'me',
      clientSecret: 'x',
    }
    form.auth.parameters = [
      newRow(),
      newRow({ name: '', value: 'x', enabled: true }),
      newRow({ name: 'audience', value: '{{secret:audience}}', enabled: true }),
    ]
    form.typed = { audience: '' }
    expect(paths(form)).toEqual(['settings.auth.parameters.1.name', 'settings.auth.parameters.2.value'])
  })

  test('ask for a client secret that was locked and left empty, not for one that is saved', () => {
    const form = named()
    form.auth = {
      ...form.auth,
      kind: 'oauth2',
      tokenUrl: 'https://a.example/token',
      clientId: 'me',
      clientSecret: '{{secret:client-secret}}',
    }
    expect(paths(form)).toEqual([])
    form.typed = { 'client-secret': '' }
    expect(check(form)).toEqual([{ path: 'settings.auth.clientSecret', message: 'Enter the client secret.' }])
  })

  test('point at a code beyond those that are left empty', () => {
    const form = named()
    form.codes = [newCode(), newCode({ code: 'x'.repeat(300), class: 'rejected' })]
    expect(paths(form)).toEqual(['settings.codes.1.code'])
  })

  test('want a price with a currency, and a currency with a price', () => {
    const form = named()
    form.price = { perSegment: '', currency: 'usd' }
    expect(paths(form)).toEqual(['settings.price.perSegment'])
    form.price = { perSegment: 0.01, currency: '' }
    expect(paths(form)).toEqual(['settings.price.currency'])
    form.price = { perSegment: 0, currency: 'usd' }
    expect(paths(form)).toEqual([])
  })

  test('tell which certificate is damaged', () => {
    const form = named()
    form.connection.authorities = 'certificates come here'
    expect(paths(form)).toEqual(['settings.connection.authorities'])
  })
})
