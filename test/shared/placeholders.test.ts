import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  caseTwins,
  intendedPlaceholder,
  parseTemplate,
  placeholdersIn,
  secretsIn,
  sourceOf,
  withStandIns,
} from '#shared/placeholders.ts'

describe('a template', () => {
  it('splits into text, placeholders and secrets', () => {
    expect(parseTemplate('a$$To-{{secret:api.key}}$$')).toEqual([
      { kind: 'text', text: 'a' },
      { kind: 'placeholder', name: 'To' },
      { kind: 'text', text: '-' },
      { kind: 'secret', name: 'api.key' },
      { kind: 'text', text: '$$' },
    ])
  })

  it('knows words that depend on the encoding, of any characters but bars and curly brackets', () => {
    expect(parseTemplate('{{encoding:a $$To|\n"2"}}{{encoding:|}}')).toEqual([
      { kind: 'encoding', gsm7: 'a $$To', unicode: '\n"2"' },
      { kind: 'encoding', gsm7: '', unicode: '' },
    ])
    for (const text of ['{{encoding:a}}', '{{encoding:a|b|c}}', '{{encoding:{a|b}}', '{{Encoding:a|b}}'])
      expect(parseTemplate(text)).toEqual([{ kind: 'text', text }])
    expect([...placeholdersIn(['{{encoding:$$x|$$y}}'])]).toEqual([])
  })

  it('keeps its length with numbers in their place', () => {
    const template = '{"a":{{encoding:TEXT|UNICODE}},"b":"{{encoding:"|\\}}$$To"}'
    const text = withStandIns(template)
    expect(text).toHaveLength(template.length)
    expect(JSON.parse(text)).toMatchObject({ a: 0 })
  })

  it('loses nothing when it is split', () => {
    const piece = fc.constantFrom(
      '$',
      '$$',
      'To',
      'Body_1',
      '{{',
      'secret:',
      'x',
      '}}',
      ' ',
      '{{secret:k}}',
      '$$To',
      '{{encoding:',
      '|',
      '{{encoding:a|b}}',
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const template = pieces.join('')
        const again = parseTemplate(template).map(sourceOf)
        expect(again.join('')).toBe(template)
      }),
    )
  })

  it('names what it needs, once', () => {
    const templates = ['$$To $$To {{secret:a}}', '$$ref{{secret:b}}']
    expect([...placeholdersIn(templates)]).toEqual(['To', 'ref'])
    expect([...secretsIn(templates)]).toEqual(['a', 'b'])
  })
})

it.each([
  ['to', 'To'],
  ['TO', 'To'],
  ['BODY', 'Body'],
  ['TemplateId', 'TemplateID'],
  ['messageid', 'MessageID'],
  ['message_id', 'MessageID'],
  ['callbackUrl', 'CallbackURL'],
  ['To', null],
  ['token', null],
  ['To_', 'To'],
  ['__proto__', null],
])('$$%s is probably meant as %s', (name, meant) => {
  expect(intendedPlaceholder(name)).toBe(meant)
})

it('custom names that differ only by case are told, those of the system not', () => {
  expect(caseTwins(['Otp', 'code', 'otp', 'to', 'To', 'OTP', 'Otp', 'constructor'])).toEqual([
    ['Otp', 'otp'],
    ['Otp', 'OTP'],
  ])
})
