import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Redaction } from '../../../electron/secrets/redaction.ts'
import { temporaryFolder } from '../db/fixtures/workspace.ts'
import { vaultIn } from './parts.ts'

function redacting(...values: string[]): Redaction {
  const redaction = new Redaction()
  for (const value of values) redaction.remember(value)
  return redaction
}

const percent = (text: string) => encodeURIComponent(text)
const form = (text: string) => new URLSearchParams({ v: text }).toString().slice(2)
const json = (text: string) => JSON.stringify(text).slice(1, -1)
const asciiJson = (text: string) =>
  json(text).replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
const slashedJson = (text: string) => json(text).replaceAll('/', String.raw`\/`)
const xmlNames: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}
const xml = (text: string) => text.replaceAll(/[&<>"']/g, (character) => xmlNames[character] ?? '')
const xmlNumbers = (text: string) =>
  text.replaceAll(/[^ -~]|[&<>"']/gu, (character) => `&#${character.codePointAt(0)};`)
const base64 = (text: string) => Buffer.from(text).toString('base64')

/** Each way in which a secret may stand in a request, an answer or a log line. */
const ways: Record<string, (text: string) => string> = {
  plain: (text) => text,
  percent,
  'percent in lower case': (text) => percent(text).replaceAll(/%../g, (code) => code.toLowerCase()),
  'percent twice': (text) => percent(percent(text)),
  encodeURI: encodeURI,
  form,
  json,
  asciiJson,
  slashedJson,
  'json in json': (text) => json(json(text)),
  'json in json in json': (text) => json(json(json(text))),
  xml,
  xmlNumbers,
  'xml in json': (text) => json(xml(text)),
  'json in a form': (text) => form(json(text)),
  'form in json': (text) => json(form(text)),
  'ascii json in a form': (text) => form(asciiJson(text)),
  'xml in a form': (text) => form(xmlNumbers(text)),
  'xml twice': (text) => xml(xml(text)),
  base64,
  base64url: (text) => Buffer.from(text).toString('base64url'),
  'base64 in a form': (text) => form(base64(text)),
  'base64 in json of PHP': (text) => slashedJson(base64(text)),
}

/** A lone half of a surrogate pair has no UTF-8 and cannot be sent. */
const wellFormed = fc
  .string({ unit: 'grapheme', minLength: 4, maxLength: 40 })
  .filter((text) => !/\p{Surrogate}/u.test(text))

describe('redaction', () => {
  it.each(Object.entries(ways))('finds a secret that is written as %s', (_name, write) => {
    fc.assert(
      fc.property(wellFormed, fc.string(), fc.string(), (secret, before, after) => {
        const written = write(secret)
        const redacted = redacting(secret).redact(`${before}<<${written}>>${after}`)
        expect(redacted).toContain('<<[secret]>>')
      }),
      { numRuns: 400 },
    )
  })

  it.each([
    '"quoted" & <marked>',
    "it's 100% / half",
    'tab\tand\nline',
    'emoji 😀 ü',
    'back\\slash',
    'a+b=c&d?e#f',
    '$&$1[x](y)',
  ])('finds %j in every way', (secret) => {
    for (const [name, write] of Object.entries(ways)) {
      expect([name, redacting(secret).redact(`a ${write(secret)} b`)]).toEqual([name, 'a [secret] b'])
    }
  })

  it('finds a secret of eight bytes or more within a longer base64 text', () => {
    fc.assert(
      fc.property(
        wellFormed,
        fc.string({ maxLength: 20 }),
        fc.string({ maxLength: 20 }),
        (secret, before, after) => {
          fc.pre(Buffer.byteLength(secret) >= 8)
          const written = base64(before + secret + after)
          expect(redacting(secret).redact(written)).toContain('[secret]')
        },
      ),
      { numRuns: 400 },
    )
  })

  it('finds what was registered as a pair', () => {
    const header = `Basic ${Buffer.from('user:pw12').toString('base64')}`
    expect(redacting('user:pw12').redact(`Authorization: ${header}`)).toBe('Authorization: Basic [secret]')
  })

  it('leaves other text as it is', () => {
    fc.assert(
      fc.property(wellFormed, fc.string(), (secret, text) => {
        const other = text.replaceAll(/[^a-f ]/g, '')
        expect(redacting(`#${secret}#`).redact(other)).toBe(other)
      }),
    )
  })

  it('does not remember what is shorter than four characters', () => {
    expect(redacting('abc', '').redact('abc')).toBe('abc')
    expect(redacting('abcd').redact('abcd')).toBe('[secret]')
  })

  it('takes a secret that contains another as a whole, whichever came first', () => {
    expect(redacting('inner', 'outer-inner-outer').redact('x outer-inner-outer inner')).toBe(
      'x [secret] [secret]',
    )
    expect(redacting('abcdef', 'abcd').redact('abcdef abcd')).toBe('[secret] [secret]')
  })

  it('finds each of a thousand secrets', () => {
    const secrets = Array.from({ length: 1000 }, (_, n) => `secret-${n}-&-${n * 7}`)
    const redaction = redacting(...secrets)
    const text = secrets.map((secret) => json(secret)).join(' ; ')
    expect(redaction.redact(text)).toBe(secrets.map(() => '[secret]').join(' ; '))
  })

  it('knows what the vault has sealed and opened', () => {
    const folder = temporaryFolder()
    const vault = vaultIn(folder)
    const sealed = vault.seal('p', 'token', 'value one')
    expect(vault.redact('a value one b')).toBe('a [secret] b')
    const again = vaultIn(folder)
    expect(again.redact('a value one b')).toBe('a value one b')
    again.open('p', 'token', sealed)
    again.remember('user:value')
    expect(again.redact('a value one b user:value')).toBe('a [secret] b [secret]')
  })
})
