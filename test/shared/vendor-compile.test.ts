import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldIssue, vendorIssues } from '#shared/catalogue/check-fields.ts'
import { compileRequest } from '#shared/catalogue/compile.ts'
import { fieldSchema, type VendorField, type VendorForm } from '#shared/catalogue/entry.ts'
import { UnrenderableError } from '../../electron/sending/render/escape.ts'
import { renderRequest } from '../../electron/sending/render/render.ts'
import { awkwardText, inUtf8 } from '../helpers/awkward-text.ts'

type Request = VendorForm['apis'][number]['request']

const field = (key: string, more: Partial<VendorField> = {}) =>
  fieldSchema.parse({ key, label: key, section: 'account', help: 'A field.', ...more })

function entryOf(request: Partial<Request>, fields: VendorField[]): VendorForm {
  const whole: Request = {
    method: 'POST',
    endpoint: 'https://api.example.com/send',
    auth: { kind: 'none' },
    headers: [],
    body: { kind: 'form', rows: [] },
    ...request,
  }
  const api = { id: 'one', label: 'One', request: whole, from: '', numberFormat: 'e164' }
  return { id: 'made', name: 'Made', fields, rules: [], codes: [], apis: [api] } as unknown as VendorForm
}

const at = { simulator: 'http://127.0.0.1:8026', hasSecret: () => true }

function made(request: Partial<Request>, fields: Record<string, string>, more: Partial<VendorField> = {}) {
  const entry = entryOf(request, [
    ...Object.keys(fields).map((key) => field(key, more)),
    field('key', { secret: true }),
  ])
  const compiled = compileRequest(entry, { api: '', fields, simulated: false }, at)
  const values = { To: '+1', Body: 'text', custom: 'a/b' }
  return renderRequest(compiled, { values, secretValue: () => 's/"', userAgent: 'test' })
}

/** What a field without placeholders takes. */
const plain = awkwardText
  .filter((text) => text.trim() !== '' && !/\$\$|\{\{/.test(text))
  .map((text) => text.trim())

describe('what is typed for a vendor comes back unchanged from', () => {
  const whole = (read: (value: string) => unknown, expected = (value: string): unknown => inUtf8(value)) =>
    fc.assert(
      fc.property(plain, (value) => {
        expect(read(value)).toEqual(expected(value))
      }),
    )

  it('the path and the query', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const endpoint = 'https://api.example.com/v-{{field:a}}/x?k={{secret:key}}&q={{field:a}}'
        const { path } = made({ endpoint }, { a: value })
        const [before = '', query = ''] = path.split('?')
        expect(decodeURIComponent(before)).toBe(`/v-${inUtf8(value)}/x`)
        expect(Object.fromEntries(new URLSearchParams(query))).toEqual({ k: 's/"', q: inUtf8(value) })
      }),
    )
  })

  it('a form', () => {
    const rows = [{ name: 'n', value: '{{field:a}}' }]
    whole((value) => new URLSearchParams(made({ body: { kind: 'form', rows } }, { a: value }).body).get('n'))
  })

  it('JSON, beside placeholders', () => {
    const json = { x: ['{{field:a}}$$To'], '{{field:a}}': '{{secret:key}}{{encoding:T|U}}' }
    whole(
      (value) => JSON.parse(made({ body: { kind: 'json', value: json } }, { a: value }).body) as unknown,
      // JSON has an escape for half of a surrogate pair.
      (value) => ({ x: [`${value}+1`], [value]: 's/"T' }),
    )
  })

  it('Basic credentials', () => {
    const auth = { kind: 'basic', username: 'u', password: '{{field:a}}' } as const
    whole(
      (value) => {
        const sent =
          made({ auth }, { a: value }).headers.find(([name]) => name === 'Authorization')?.[1] ?? ''
        return Buffer.from(sent.slice('Basic '.length), 'base64').toString('utf8')
      },
      (value) => `u:${inUtf8(value)}`,
    )
  })
})

it('a placeholder that a field may hold is filled in and escaped in the path as elsewhere', () => {
  const endpoint = 'https://api.example.com/t/{{field:a}}'
  expect(made({ endpoint }, { a: 'x $$custom' }, { placeholders: true }).path).toBe('/t/x%20a%2Fb')
})

it('a value never reaches another host', () => {
  const endpoint = 'https://api.example.com/{{field:a}}/send'
  for (const value of ['@evil.example', '../..', '//evil.example', '#x', '?x', '\\evil', '%2e%2e'])
    expect(made({ endpoint }, { a: value }).url.host).toBe('api.example.com')
  expect(() => made({ endpoint: 'https://{{secret:key}}.example.com/' }, {})).toThrow(UnrenderableError)
})

describe('a number of JSON', () => {
  const numberOf = (value: string) =>
    made({ body: { kind: 'json', value: { n: { $number: 'a' } } } }, { a: value }).body.replace(/\s/g, '')

  it.each([
    ['60', '{"n":60}'],
    ['0.5', '{"n":0.5}'],
    ['-3', '{"n":-3}'],
    ['1107161234567890123', '{"n":"1107161234567890123"}'],
    ['sixty', '{"n":"sixty"}'],
  ])('of %s is %s', (value, body) => {
    expect(numberOf(value)).toBe(body)
  })
})

it('leaves out what refers to an empty field, and what is empty because of that, and nothing else', () => {
  const json = {
    a: '{{field:a}}',
    b: { c: ['{{field:a}}'], d: { $number: 'a' } },
    kept: { list: [], none: null, off: false, zero: 0, empty: '' },
    '{{field:a}}': 1,
  }
  const { body } = made({ body: { kind: 'json', value: json } }, { a: ' ' })
  expect(JSON.parse(body)).toEqual({ kept: json.kept })
  expect(made({ body: { kind: 'json', value: { a: ['{{field:a}}'] } } }, { a: '' }).body).toBe('{}')
})

describe('a choice', () => {
  const choices = [
    { value: '', label: 'As the account says' },
    { value: 'true', label: 'Yes' },
    { value: 'false', label: 'No' },
  ]
  const json = { kind: 'json', value: { b: { $boolean: 'a' }, t: 't{{field:a}}' } } as const

  it('that is empty on purpose leaves its member out', () => {
    expect(JSON.parse(made({ body: json }, { a: '' }, { choices }).body)).toEqual({})
    expect(JSON.parse(made({ body: json }, { a: 'false' }, { choices }).body)).toEqual({
      b: false,
      t: 'tfalse',
    })
    expect(fieldIssue(field('a', { choices }), '')).toBeNull()
  })

  it('that is required falls back on its default, and is asked for', () => {
    const more = { choices, required: true, default: 'true' }
    expect(JSON.parse(made({ body: json }, { a: '' }, more).body)).toEqual({ b: true, t: 'ttrue' })
    expect(fieldIssue(field('a', more), '')).toBe('Choose the a.')
  })
})

it('a secret may hold what would be a template elsewhere', () => {
  const secret = field('key', { secret: true, required: true })
  for (const value of ['a{{b', '$$To', '{{encoding:a|b}}']) {
    expect(fieldIssue(secret, value)).toBeNull()
    expect(fieldIssue(field('a'), value)).toMatch(/cannot stand here/)
  }
  const entry = entryOf({ auth: { kind: 'bearer', token: '{{secret:key}}' } }, [secret])
  const choice = { api: '', fields: {}, simulated: false }
  expect(vendorIssues(entry, choice, { typed: { key: 'a{{b' }, isSet: () => false })).toEqual([])
  expect(vendorIssues(entry, choice, { typed: { key: '' }, isSet: () => true })).toHaveLength(1)
})
