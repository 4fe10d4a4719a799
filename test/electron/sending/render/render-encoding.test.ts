import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { segment } from '#shared/segments.ts'
import { batchIssues } from '#shared/batch-checks.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import { placeholderNamesOf } from '#shared/settings-texts.ts'
import { renderTokenRequest } from '../../../../electron/sending/access/token-request.ts'
import { revealText } from '../../../../electron/sending/render/masked-text.ts'
import { renderBatch } from '../../../../electron/sending/render/render-batch.ts'
import { renderRequest } from '../../../../electron/sending/render/render.ts'
import { awkwardText, inUtf8 } from '../../../helpers/awkward-text.ts'
import { formRows, headerRows, settingsWith } from '../../../helpers/settings.ts'

const secretValue = () => 's'
const context = { secretValue, userAgent: 'test' }
const endpoint = 'http://127.0.0.1:9/s'

function render(changes: Partial<ProviderSettings>, Body: string) {
  const settings = settingsWith({ endpoint, parameters: formRows({}), ...changes })
  const request = renderRequest(settings, { ...context, values: { Body, To: '+1', x: Body } })
  expect(revealText(request.recorded.body, secretValue)).toBe(request.body)
  return request
}

const raw = (contentType: string, text: string) =>
  ({ parameters: { kind: 'raw', contentType, text } }) as const

describe('{{encoding:…}} is the first for GSM-7 and the second for UCS-2 in', () => {
  const both = (
    changes: Partial<ProviderSettings>,
    read: (request: ReturnType<typeof render>) => unknown,
  ) => [read(render(changes, 'plain {text}€')), read(render(changes, 'not plain: “'))]

  it('the path and the query', () => {
    const changes = {
      method: 'GET',
      endpoint: `${endpoint}/{{encoding:t#/1|ü}}?a={{encoding:0|8 &}}`,
    } as const
    expect(both(changes, ({ path }) => path)).toEqual(['/s/t%23%2F1?a=0', '/s/%C3%BC?a=8%20%26'])
  })

  it('the host', () => {
    const changes = { endpoint: 'https://{{encoding:a|b}}.example.com/' }
    expect(both(changes, ({ url }) => url.host)).toEqual(['a.example.com', 'b.example.com'])
    const refused = { endpoint: 'https://{{encoding:a.evil.example/|b}}.example.com/' }
    expect(() => render(refused, 'x')).toThrow(/\{\{encoding:a\.evil.*host name/)
  })

  it('a header, and not where it would hold a line break', () => {
    const headers = headerRows({ 'X-Type': 'type={{encoding:TEXT|UNICODE}}' })
    const value = ({ headers: sent }: ReturnType<typeof render>) =>
      sent.find(([name]) => name === 'X-Type')?.[1]
    expect(both({ headers }, value)).toEqual(['type=TEXT', 'type=UNICODE'])
    expect(() => render({ headers: headerRows({ 'X-Type': '{{encoding:a\nb|c}}' }) }, 'x')).toThrow(
      /line break/,
    )
  })

  it('a form', () => {
    const parameters = formRows({ type: '{{encoding:te xt|u&=}}', dcs: '{{encoding:0|8}}' })
    expect(both({ parameters }, ({ body }) => body)).toEqual(['type=te+xt&dcs=0', 'type=u%26%3D&dcs=8'])
  })

  it('JSON, in a string and bare', () => {
    const changes = raw(
      'application/json',
      '{"a":"-{{encoding:q"\\|é\n}}","b":{{encoding:0|8}},"c":{{encoding:false|UNICODE}},"d":{{encoding:|1}}}',
    )
    expect(both(changes, ({ body }) => JSON.parse(body) as unknown)).toEqual([
      { a: '-q"\\', b: 0, c: false, d: '' },
      { a: '-é\n', b: 8, c: 'UNICODE', d: 1 },
    ])
  })

  it('XML, in a text, an attribute and a tag', () => {
    const changes = raw('text/xml', `<m t="{{encoding:'&"|u}}"><{{encoding:text|uni}}/>{{encoding:<|>}}</m>`)
    expect(both(changes, ({ body }) => body)).toEqual([
      '<m t="&#39;&#38;&#34;"><text/>&#60;</m>',
      '<m t="u"><uni/>&#62;</m>',
    ])
    expect(() => render(raw('text/xml', '<{{encoding:a b|c}}/>'), 'x')).toThrow(
      '{{encoding:a b|c}} stands in a tag',
    )
  })

  it('each record of a batch', () => {
    const text = '{"messages":[{"text":"$$Body","type":"{{encoding:T|U}}"}]}'
    const settings = settingsWith({ ...raw('application/json', text), batch: { array: 'messages', size: 9 } })
    const texts = ['a', 'ж', '€']
    const { body } = renderBatch(
      settings,
      context,
      texts.map((Body) => ({ Body })),
    )
    const { messages } = JSON.parse(body) as { messages: unknown[] }
    expect(messages).toEqual([
      { text: 'a', type: 'T' },
      { text: 'ж', type: 'U' },
      { text: '€', type: 'T' },
    ])
  })
})

it('is not shared by the messages of a batch that differ in it', () => {
  const text = '{"type":"{{encoding:T|U}}","messages":[{"text":"$$Body"}]}'
  const settings = settingsWith({ ...raw('application/json', text), batch: { array: 'messages', size: 9 } })
  const batchOf = (...texts: string[]) =>
    renderBatch(
      settings,
      context,
      texts.map((Body) => ({ Body })),
    ).body
  expect(batchOf('ж', 'щ')).toContain('"type":"U"')
  expect(() => batchOf('a', 'ж')).toThrow(/differ in \{\{encoding/)
  expect(batchIssues(settings)).toMatchObject([
    { message: expect.stringContaining('{{encoding:…}} stands outside') },
  ])
})

it('is asked of nobody', () => {
  const changes = raw('text/plain', '$$Body {{encoding:$$a|$$b}} $$c')
  expect(placeholderNamesOf(settingsWith(changes))).toEqual(['Body', 'c'])
  expect(render(raw('text/plain', '{{encoding:$$a|b}}'), 'x').body).toBe('$$a')
})

it('has no place where there is no message, as in the request for a token', () => {
  const auth = {
    kind: 'oauth2',
    tokenUrl: 'http://127.0.0.1:9/token',
    clientId: 'me',
    clientSecret: 's',
    scope: '{{encoding:a|b}}',
    credentialsIn: 'header',
    parameters: [],
  } as const
  const values = { Body: 'x', To: '+1' }
  const ask = () => renderTokenRequest(settingsWith({}), { ...auth, parameters: [] }, { ...context, values })
  expect(ask).toThrow('{{encoding:a|b}} goes by the text of a message, and there is none here.')
})

it('goes by what the text is measured as', () => {
  fc.assert(
    fc.property(awkwardText, (text) => {
      const { body } = render(raw('text/plain', '{{encoding:GSM-7|UCS-2}}'), text)
      expect(body).toBe(segment(text).encoding)
    }),
  )
})

it('its words, and such as stand in a value, come back unchanged', () => {
  const words = awkwardText.map((text) => text.replace(/[|{}]/g, ''))
  const value = fc.oneof(
    awkwardText,
    fc.constantFrom(
      '{{encoding:a|b}}',
      '$$To',
      '{{secret:k}}',
      '{{encoding:$$Body|{{secret:k}}}}',
      'ж{{encoding:a|b}}',
    ),
  )
  fc.assert(
    fc.property(words, words, value, (gsm7, unicode, Body) => {
      const slot = `{{encoding:${gsm7}|${unicode}}}`
      const chosen = inUtf8(segment(Body).encoding === 'GSM-7' ? gsm7 : unicode)
      const json = render(raw('application/json', `{"s":"${slot}$$Body","${slot}":1,"b":$$Body}`), Body).body
      expect(JSON.parse(json)).toEqual({ s: chosen + inUtf8(Body), [chosen]: 1, b: inUtf8(Body) })
      const form = render({ parameters: formRows({ a: `${slot}$$x` }) }, Body).body
      expect(new URLSearchParams(form).get('a')).toBe(chosen + inUtf8(Body))
      const { path } = render({ endpoint: `${endpoint}/v-${slot}-$$x` }, Body)
      expect(decodeURIComponent(path)).toBe(`/s/v-${chosen}-${inUtf8(Body)}`)
    }),
    { numRuns: 300 },
  )
})
