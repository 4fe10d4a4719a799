import { beforeEach, describe, expect, test } from 'vitest'
import type { VendorForm } from '#shared/catalogue/entry.ts'
import { providerInputSchema } from '#shared/provider.ts'
import { checkForm } from '../../../renderer/features/provider-form/check-form.ts'
import { fieldsBehind, type VendorPart } from '../../../renderer/features/provider-form/check-vendor.ts'
import { inputOf } from '../../../renderer/features/provider-form/form-settings.ts'
import { formOf, type ProviderForm } from '../../../renderer/features/provider-form/form-state.ts'
import {
  chooseApi,
  customised,
  endpointParts,
  changedParts,
  newVendorForm,
  requestOf,
  restoreMapping,
  secretsOf,
} from '../../../renderer/features/provider-form/vendor-state.ts'
import { exampleVendor } from '../../helpers/example-vendor.ts'

const simulator = 'http://127.0.0.1:8026'
let entry: VendorForm
let form: ProviderForm
beforeEach(() => {
  entry = exampleVendor()
  form = newVendorForm(entry, simulator)
})

const hasSecret = (key: string) => (form.typed[key] ?? '') !== ''
function input(isSaved: (key: string) => boolean = () => false) {
  const has = (key: string) => (form.typed[key] === undefined ? isSaved(key) : hasSecret(key))
  const request = requestOf(form, entry, { simulator, hasSecret: has })
  return inputOf(form, { request, secrets: secretsOf(entry, form), isSaved })
}
function part(isSet: (key: string) => boolean = () => false): VendorPart {
  return { entry, choice: form.vendor!, typed: form.typed, isSet }
}
const issues = (isSet?: (key: string) => boolean) =>
  checkForm(form, providerInputSchema, input(isSet), part(isSet))
const type = (fields: Record<string, string>) => Object.assign(form.vendor!.fields, fields)

describe('a vendor’s form as input', () => {
  test('begins with the vendor’s name, its defaults and its rules for answers', () => {
    expect(form).toMatchObject({
      name: 'Example SMS',
      kind: 'example',
      vendor: { api: 'plain', simulated: false },
    })
    expect(form.vendor?.fields).toEqual({ account: '', region: 'eu', from: '', service: '', ttl: '' })
    expect(form.codes.map(({ code }) => code)).toEqual(['21', '40'])
    expect(form.reading.messageId).toBe('id')
  })

  test('makes the request of what is typed, and keeps the choice beside it', () => {
    type({ account: 'AC12345678', from: '+14155550100' })
    form.typed['token'] = 'abc'
    const made = input()
    expect(made.kind).toBe('example')
    expect(made.vendor?.fields['account']).toBe('AC12345678')
    expect(made.settings.endpoint).toBe('https://eu.example.com/accounts/AC12345678/messages')
    expect(made.settings.auth).toEqual({
      kind: 'basic',
      username: 'AC12345678',
      password: '{{secret:token}}',
    })
    expect(made.settings.from).toBe('+14155550100')
    expect(made.secrets).toEqual({ token: 'abc' })
    expect(providerInputSchema.safeParse(made).success).toBe(true)
  })

  test('points at the simulator with the vendor’s own path', () => {
    type({ account: 'AC12345678' })
    form.vendor!.simulated = true
    expect(input().settings.endpoint).toBe(`${simulator}/example/accounts/AC12345678/messages`)
  })

  test('a secret that no request takes goes along as well', () => {
    entry.apis[0]!.request.headers = []
    form.typed = { signing: 'key', stranger: 'x' }
    expect(input().secrets).toEqual({ signing: 'key' })
  })

  test('an empty secret goes along only where it takes a saved one away', () => {
    form.typed = { token: 'abc', signing: '' }
    expect(input().secrets).toEqual({ token: 'abc' })
    expect(input((key) => key === 'signing').secrets).toEqual({ token: 'abc', signing: '' })
  })

  test('is the same again from what was saved', () => {
    type({ account: 'AC12345678', from: 'ACME' })
    const { name, kind, settings, vendor } = input()
    const again = formOf({ id: form.id, name, kind, settings, vendor: vendor ?? null })
    form.typed = {}
    expect(again).toMatchObject({ kind, vendor, name })
    const request = requestOf(again, entry, { simulator, hasSecret: (key) => key === 'token' })
    expect(inputOf(again, { request, secrets: [], isSaved: () => true }).settings).toEqual(settings)
  })
})

describe('what is wrong with a vendor’s form', () => {
  test('is told at its fields, and not at the request that is made of them', () => {
    const paths = issues().map(({ path }) => path)
    expect(paths).toContain('vendor.fields.account')
    expect(paths).toContain('secrets.token')
    expect(paths).not.toContain('settings.endpoint')
  })

  test('a wrong shape is told in words, and gone once it is right', () => {
    type({ account: 'XX' })
    const told = () => issues().find(({ path }) => path === 'vendor.fields.account')?.message
    expect(told()).toBe('Account is AC and 8 digits.')
    type({ account: 'AC12345678' })
    expect(told()).toBeUndefined()
  })

  test('a saved secret need not be typed again', () => {
    expect(issues((key) => key === 'token').map(({ path }) => path)).not.toContain('secrets.token')
  })

  test('a rule is told at all of its fields, but not before the last of them was left', () => {
    const words = 'Enter a From or a service, one of the two.'
    const ofRule = () => issues().filter(({ message }) => message === words)
    expect(ofRule().map(({ path }) => path)).toEqual(['vendor.fields.from', 'vendor.fields.service'])
    const issue = { path: 'vendor.fields.from', message: words }
    expect(fieldsBehind(part(), issue)).toEqual(['vendor.fields.from', 'vendor.fields.service'])
    type({ from: 'ACME', service: 'MG1' })
    expect(fieldsBehind(part(), issue)).toEqual([])
    type({ service: '' })
    expect(ofRule()).toEqual([])
  })

  test('what no field explains is told of the request', () => {
    type({ account: 'AC12345678', from: 'x'.repeat(60) })
    form.typed['token'] = 'abc'
    expect(issues()).toEqual([
      { path: 'vendor.request', message: expect.stringContaining('The request cannot be made so:') },
    ])
  })
})

describe('how answers are read', () => {
  test('can be changed, is seen to be, and comes back', () => {
    expect(changedParts(form, entry)).toEqual([])
    form.codes.pop()
    form.reading.messageId = 'other'
    expect(changedParts(form, entry)).toEqual(['reading', 'codes'])
    restoreMapping(form, entry)
    expect(changedParts(form, entry)).toEqual([])
    expect(form.reading.messageId).toBe('id')
  })

  test('follows the chosen API while it is the preset’s, and stays when it is the user’s own', () => {
    chooseApi(form, entry, 'batch')
    expect([form.reading.messageId, form.body.path]).toEqual(['messages[0].id', 'messages[0].id'])
    form.reading.messageId = 'mine'
    chooseApi(form, entry, 'plain')
    expect([form.reading.messageId, form.body.path]).toEqual(['mine', 'id'])
    expect(form.vendor?.api).toBe('plain')
  })
})

describe('Customise', () => {
  test('makes a Generic form of the same request, with secrets typed and saved', () => {
    type({ account: 'AC12345678', from: 'ACME' })
    form.typed = { token: 'abc', signing: '' }
    form.timeouts.totalMs = 9000
    const before = input()
    const now = customised(form, before.settings)
    const made = inputOf(now)
    expect(made).toMatchObject({ id: form.id, name: 'Example SMS', kind: 'generic', vendor: null })
    expect(made.settings).toEqual(before.settings)
    expect(made.secrets).toEqual({ token: 'abc' })
    expect(checkForm(now, providerInputSchema)).toEqual([])
  })

  test('leaves a field that is still empty to be filled in the address', () => {
    expect(customised(form, input().settings).endpoint).toBe(
      'https://eu.example.com/accounts/{account}/messages',
    )
  })
})

test('an address that waits for fields names them', () => {
  expect(endpointParts(entry, 'https://{{field:region}}.example.com/{{field:from|service}}/x')).toEqual([
    { text: 'https://', waiting: false },
    { text: 'Region', waiting: true },
    { text: '.example.com/', waiting: false },
    { text: 'From', waiting: true },
    { text: '/x', waiting: false },
  ])
})
