import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { vendorIssues } from '#shared/catalogue/check-fields.ts'
import { cleanPaste } from '#shared/catalogue/clean-paste.ts'
import { compileRequest, emptyChoice, fieldsOf } from '#shared/catalogue/compile.ts'
import { vendorSchema, type Vendor, type VendorChoice, type VendorField } from '#shared/catalogue/entry.ts'
import { ownParts, vendorProvider } from '#shared/catalogue/preset.ts'
import { emptySettings, settingsSchema } from '#shared/settings.ts'
import { acme } from '../../helpers/vendor.ts'

const folder = join(import.meta.dirname, '../../../resources/catalogue')
const shipped = readdirSync(folder).map((name) =>
  vendorSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))),
)
const fixture = vendorSchema.parse(acme)
const vendors = [fixture, ...shipped]
const simulator = 'http://127.0.0.1:8026'

/** A value that the field takes: one of its choices, of its pattern, or any text where it has none. */
function valueOf({ choices, pattern, required }: VendorField): fc.Arbitrary<string> {
  const one = choices
    ? fc.constantFrom(...choices.map(({ value }) => value))
    : pattern === undefined
      ? fc.string({ minLength: 1, maxLength: 20 }).filter(isPlain)
      : matching(pattern)
  return required ? one : fc.oneof(one, fc.constant(''))
}

/** Lookaheads are none of what can be generated: they are left out, and what comes is looked at again. */
function matching(pattern: string): fc.Arbitrary<string> {
  const whole = new RegExp(pattern)
  const without = pattern.replaceAll(/\(\?[=!](?:[^()]|\([^()]*\))*\)/g, '')
  return fc
    .stringMatching(new RegExp(without), { size: 'small' })
    .filter((text) => isPlain(text) && whole.test(text))
}

/** What cannot be typed: it is trimmed, or stands for something else. */
const isPlain = (text: string) => text.trim() === text && text !== '' && !/\{\{|\$\$/.test(text)

/** Any choice of any vendor that the form would take, with the optional secrets that are set. */
const choices = fc.constantFrom(...vendors).chain((entry) =>
  fc.constantFrom(...entry.apis.map(({ id }) => id)).chain((api) => {
    const fields = fieldsOf(entry, { api })
    const typed = Object.fromEntries(
      fields.filter(({ secret }) => !secret).map((field) => [field.key, valueOf(field)]),
    )
    const optional = fields.filter((field) => field.secret && !field.required).map(({ key }) => key)
    return fc.record({
      entry: fc.constant(entry),
      choice: fc.record({ api: fc.constant(api), fields: fc.record(typed), simulated: fc.boolean() }),
      set: fc.subarray(optional),
    })
  }),
)

const compiled = (entry: Vendor, choice: VendorChoice, set: string[]) =>
  compileRequest(entry, choice, { simulator, hasSecret: (key) => set.includes(key) })

const marker = /\{\{field:|\$number|\$boolean/

describe('a request that is made of a vendor and a choice', () => {
  it('holds no mark of its template, and settings are whole', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(choices, ({ entry, choice, set }) => {
        const request = compiled(entry, choice, set)
        expect(JSON.stringify(request)).not.toMatch(marker)
        const isSet = (key: string) => set.includes(key)
        const required = Object.fromEntries(
          fieldsOf(entry, choice)
            .filter((one) => one.secret && one.required)
            .map(({ key }) => [key, 'x'.repeat(40)]),
        )
        const broken = vendorIssues(entry, choice, { typed: required, isSet }).filter(
          ({ path }) => !path.startsWith('secrets.'),
        )
        if (broken.length > 0) return
        const { settings } = vendorProvider(
          entry,
          { choice, base: emptySettings(), own: [] },
          { simulator, hasSecret: isSet },
        )
        expect(settingsSchema.safeParse(settings).error?.issues ?? []).toEqual([])
        expect(settings.endpoint.startsWith(`${simulator}/${entry.id}/`)).toBe(choice.simulated)
      }),
      { numRuns: 600 },
    )
  })

  it('goes to the vendor’s path at the simulator, with the same query', () => {
    fc.assert(
      fc.property(choices, ({ entry, choice, set }) => {
        const real = new URL(compiled(entry, { ...choice, simulated: false }, set).endpoint)
        const simulated = new URL(compiled(entry, { ...choice, simulated: true }, set).endpoint)
        expect(simulated.pathname + simulated.search).toBe(`/${entry.id}${real.pathname}${real.search}`)
      }),
      { numRuns: 300 },
    )
  })
})

const text = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((value) => value === '' || isPlain(value))
const acmeChoice = (api: string, fields: Record<string, string>): VendorChoice => ({
  api,
  fields: { account: 'AC1234', region: 'eu', ...fields },
  simulated: false,
})

describe('a value that is typed', () => {
  it('stands in a JSON body as it is, and what refers to an empty one is left out', () => {
    fc.assert(
      fc.property(text, text, fc.constantFrom('', '0', '60', '99999'), (sender, template, ttl) => {
        const { parameters, from } = compiled(fixture, acmeChoice('json', { sender, template, ttl }), [])
        const body = parameters.kind === 'raw' ? (JSON.parse(parameters.text) as unknown) : null
        expect(body).toEqual({
          to: '$$To',
          text: '$$Body',
          ...(sender === '' ? {} : { from: sender, extra: { deep: { note: sender } } }),
          ...(template === '' ? {} : { tags: [{ template }] }),
          ...(ttl === '' ? {} : { ttl: Number(ttl) }),
        })
        expect(from).toBe(sender)
      }),
    )
  })

  it('stands in a row as it is', () => {
    fc.assert(
      fc.property(text, text, (sender, note) => {
        const { parameters } = compiled(fixture, acmeChoice('form', { sender, note }), [])
        const rows = parameters.kind === 'form' ? parameters.rows.map(({ name, value }) => [name, value]) : []
        expect(Object.fromEntries(rows)).toEqual({
          to: '$$To',
          text: '$$Body',
          ...(sender === '' ? {} : { from: sender }),
          ...(note === '' ? {} : { note }),
        })
      }),
    )
  })

  it('cannot lead the path elsewhere', () => {
    fc.assert(
      fc.property(text, (account) => {
        const { endpoint } = compiled(fixture, acmeChoice('form', { account: account || 'x' }), [])
        expect(new URL(endpoint).host).toBe('eu.acme.example')
        const [step, rest] = endpoint.slice('https://eu.acme.example/accounts/'.length).split('/send')
        expect([decodeURIComponent(step ?? ''), rest]).toEqual([account || 'x', ''])
      }),
    )
  })
})

describe('the mapping of a preset', () => {
  it('is told from the user’s own, part by part', () => {
    const settings = { ...emptySettings(), ...presetOf(fixture) }
    expect(ownParts(fixture, settings)).toEqual([])
    expect(ownParts(fixture, { ...settings, codes: [] })).toEqual(['codes'])
    const reading = { ...settings.reading, messageId: 'mine' }
    expect(ownParts(fixture, { ...settings, reading })).toEqual(['reading'])
    expect(ownParts(fixture, { ...settings, reading: fixture.apis[1]?.reading ?? reading })).toEqual([])
  })
})

function presetOf(entry: Vendor) {
  const known = { simulator, hasSecret: () => false }
  return vendorProvider(entry, { choice: emptyChoice(entry), base: emptySettings(), own: [] }, known).settings
}

describe('a paste', () => {
  const pieces = [
    'Bearer ',
    'bearer:',
    'App ',
    'key=',
    'Authorization: Basic ',
    '"',
    '“',
    '”',
    "'",
    ' ',
    '\u00a0',
    '\u200b',
    '\n',
    'https://',
    'http://',
    '/',
    '?a=b',
    '#',
    'abc',
    'x.example',
    'token',
    '',
  ]
  const pasted = fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 })), { maxLength: 8 })
    .map((parts) => parts.join(''))

  it('is clean once it was cleaned', () => {
    fc.assert(
      fc.property(fc.constantFrom('token', 'host', 'text'), pasted, (clean, typed) => {
        const field = { clean, label: 'Token' } as const
        const { value } = cleanPaste(field, typed)
        expect(cleanPaste(field, value)).toEqual({ value, note: null })
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    ['token', '  Bearer abc123 ', 'abc123', 'Removed spaces and “Bearer” from the pasted Token.'],
    ['token', '"App abc"', 'abc', 'Removed quotes and “App” from the pasted Token.'],
    ['token', 'Bearer "abc"', 'abc', 'Removed “Bearer” and quotes from the pasted Token.'],
    ['token', 'ab\u200bc 1', 'abc1', 'Removed spaces from the pasted Token.'],
    [
      'host',
      'https://x.example/v1?a=b',
      'x.example',
      'Removed the scheme and the path from the pasted Token.',
    ],
    ['text', ' two words ', 'two words', 'Removed spaces from the pasted Token.'],
    ['token', 'abc', 'abc', null],
  ] as const)('for %s: %j becomes %j', (clean, typed, value, note) => {
    expect(cleanPaste({ clean, label: 'Token' }, typed)).toEqual({ value, note })
  })
})
