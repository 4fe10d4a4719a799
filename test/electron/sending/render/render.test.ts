import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ProviderSettings } from '#shared/settings.ts'
import { UnrenderableError } from '../../../../electron/sending/render/escape.ts'
import { revealText } from '../../../../electron/sending/render/masked-text.ts'
import { renderRequest } from '../../../../electron/sending/render/render.ts'
import { formRows, headerRows, settingsWith } from '../../../helpers/settings.ts'

const secrets: Record<string, string> = { key: 's3cr&t "x" é', pass: 'p:w' }
const secretValue = (name: string) => secrets[name] ?? ''

function render(changes: Partial<ProviderSettings>, values: Record<string, string> = {}) {
  const all = { To: '+14155550123', Body: 'hi', From: 'ACME', MessageID: 'm1', ...values }
  return renderRequest(settingsWith(changes), { values: all, secretValue, userAgent: 'test' })
}

const header = (rendered: ReturnType<typeof render>, name: string) =>
  rendered.headers.find(([key]) => key === name)?.[1]

// Whole strings of any code points, without lone surrogates, which UTF-8 cannot carry.
const anyText = fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => !/\p{Surrogate}/u.test(text))
const awkward = fc.oneof(
  anyText,
  fc.constantFrom('', '$$To', '{{secret:key}}', 'a&b=c%20+d#e', '\r\n', '😀"\\', '..'),
)

describe('values come back unchanged from', () => {
  it('a form body', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        const { body } = render({ parameters: formRows({ text: 'x $$Body', to: '$$To' }) }, { Body: text })
        expect(new URLSearchParams(body).get('text')).toBe(`x ${text}`)
      }),
    )
  })

  it('a query string', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        const endpoint = 'http://127.0.0.1:9/send?a=$$Body'
        const { path } = render(
          { method: 'GET', endpoint, parameters: formRows({ b: '$$Body' }) },
          { Body: text },
        )
        const query = new URL(`http://127.0.0.1${path}`).searchParams
        expect([query.get('a'), query.get('b')]).toEqual([text, text])
      }),
    )
  })

  it('a JSON string', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        const raw = {
          kind: 'raw',
          contentType: 'application/json',
          text: '{"t":"<$$Body>","u":$$Body}',
        } as const
        const { body } = render({ parameters: raw }, { Body: text })
        expect(JSON.parse(body)).toEqual({ t: `<${text}>`, u: text })
      }),
    )
  })

  it('a step of the path, unless it would climb', () => {
    fc.assert(
      fc.property(awkward, (text) => {
        fc.pre(text !== '.' && text !== '..')
        const { path } = render({ endpoint: 'http://127.0.0.1:9/a/$$Body/b' }, { Body: text })
        expect(decodeURIComponent(path.split('/')[2] ?? '')).toBe(text)
      }),
    )
  })
})

describe('a rendered request', () => {
  it('does not expand a placeholder inside a value', () => {
    const { body } = render({ parameters: formRows({ text: '$$Body' }) }, { Body: '$$To {{secret:key}}' })
    expect(new URLSearchParams(body).get('text')).toBe('$$To {{secret:key}}')
  })

  it('keeps the secrets out of its record, and reveals to exactly what goes out', () => {
    const rendered = render({
      endpoint: 'https://api.example.test/{{secret:key}}/send?k={{secret:key}}',
      auth: { kind: 'basic', username: 'user', password: '{{secret:pass}}' },
      headers: headerRows({ 'X-Key': 'v={{secret:key}}' }),
      parameters: formRows({ key: '{{secret:key}}', to: '$$To' }),
    })
    const kept = JSON.stringify(rendered.recorded)
    for (const value of Object.values(secrets)) {
      for (const form of [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]) {
        expect(kept).not.toContain(form)
      }
    }
    expect(kept).not.toContain(Buffer.from('user:p:w').toString('base64'))
    const revealed = revealText(rendered.recorded.body, secretValue)
    expect(revealed).toBe(rendered.body)
    expect(revealText(rendered.recorded.url, secretValue)).toBe(`https://api.example.test${rendered.path}`)
    const credentials = rendered.recorded.headers.find(({ name }) => name === 'Authorization')
    expect(revealText(credentials?.value ?? [], secretValue)).toBe(header(rendered, 'Authorization'))
  })

  it('refuses a line break in a header', () => {
    expect(() => render({ headers: headerRows({ 'X-Text': '$$Body' }) }, { Body: 'a\r\nX-Evil: 1' })).toThrow(
      UnrenderableError,
    )
  })

  it('refuses a value that would leave the path or the host', () => {
    expect(() => render({ endpoint: 'http://127.0.0.1/a/$$Body/b' }, { Body: '..' })).toThrow(
      UnrenderableError,
    )
    expect(() => render({ endpoint: 'http://$$zone.example.test/' }, { zone: 'evil.test/x' })).toThrow(
      UnrenderableError,
    )
    for (const step of ['.$$Body', '%2e$$Body', '$$Body%2E']) {
      const endpoint = `http://127.0.0.1/a/${step}/b`
      expect(() => render({ endpoint }, { Body: '.' })).toThrow(UnrenderableError)
    }
    expect(render({ endpoint: 'http://$$zone.example.test/' }, { zone: 'eu1' }).url.host).toBe(
      'eu1.example.test',
    )
  })

  it('escapes for XML, in text, in attributes and in CDATA', () => {
    const text = '<m to="$$To"><t a="$$Body">$$Body</t><c><![CDATA[$$Body]]></c></m>'
    const raw = { kind: 'raw', contentType: 'application/xml', text } as const
    const { body } = render({ parameters: raw }, { Body: 'a<b>&"\']]>' })
    const escaped = 'a&#60;b&#62;&#38;&#34;&#39;]]&#62;'
    expect(body).toContain(`<t a="${escaped}">${escaped}</t>`)
    expect(body).toContain('<![CDATA[a<b>&"\']]]]><![CDATA[>]]>')
    expect(() => render({ parameters: raw }, { Body: '\0' })).toThrow(UnrenderableError)
  })

  it('leaves out rows that are off, and lets the user’s headers win', () => {
    const rendered = render({
      headers: [
        { name: 'accept', value: 'text/plain', enabled: true },
        { name: 'X-Off', value: 'x', enabled: false },
      ],
      parameters: { kind: 'form', rows: [{ name: 'off', value: '1', enabled: false }] },
    })
    expect(rendered.headers.map(([name]) => name)).toEqual(['accept', 'Content-Type', 'User-Agent'])
    expect(rendered.body).toBe('')
  })

  it('writes a header’s Unicode as UTF-8 bytes, which a server reads back', async () => {
    const seen: IncomingMessage[] = []
    const server = createServer((request, response) => {
      seen.push(request)
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const rendered = render({ headers: headerRows({ 'X-Text': '$$Body' }) }, { Body: 'é😀' })
    await fetch(`http://127.0.0.1:${port}`, { headers: { 'X-Text': header(rendered, 'X-Text') ?? '' } })
    server.close()
    expect(Buffer.from(String(seen[0]?.headers['x-text']), 'latin1').toString('utf8')).toBe('é😀')
  })
})

const raw = (text: string, contentType = '') => ({ parameters: { kind: 'raw', contentType, text } }) as const

describe('a body written by hand', () => {
  it.each(['application/json', 'application/x-ndjson', 'application/vnd.api+json', 'application/json5'])(
    'is escaped by the header of the user’s own: %s',
    (contentType) => {
      const headers = headerRows({ 'content-type': contentType })
      const { body } = render({ headers, ...raw('{"t":"$$Body"}', 'text/plain') }, { Body: 'a","x":"' })
      expect(JSON.parse(body)).toEqual({ t: 'a","x":"' })
    },
  )

  it('refuses a backslash before a value, which could leave its string', () => {
    const slashed = (slashes: string) =>
      render(raw(`{"t":"${slashes}$$Body"}`, 'application/json'), { Body: '","admin":true,"x":"' })
    expect(() => slashed('\\')).toThrow(UnrenderableError)
    expect(() => slashed('\\\\\\')).toThrow(UnrenderableError)
    expect(JSON.parse(slashed('\\\\').body)).toEqual({ t: '\\","admin":true,"x":"' })
  })

  it('refuses a value that would complete an escape of the template’s', () => {
    const escaped = (digits: string) =>
      render(raw(`{"t":"\\u${digits}$$Body"}`, 'application/json'), { Body: '0022' })
    for (const digits of ['', '0', '00', '002']) expect(() => escaped(digits)).toThrow(UnrenderableError)
    expect(JSON.parse(escaped('0041').body)).toEqual({ t: 'A0022' })
  })

  it('writes number, text, sender and id as strings where they stand bare', () => {
    const { body } = render(raw('[$$To, $$Body, $$From, $$MessageID, $$n]', 'text/json'), {
      To: '14155550123',
      Body: 'true',
      From: '12345',
      MessageID: '7',
      n: '7',
    })
    expect(JSON.parse(body)).toEqual(['14155550123', 'true', '12345', '7', 7])
  })

  it('splits the end of CDATA between two values', () => {
    const values = { x: ']]', y: '><evil/>' }
    const { body } = render(raw('<a><![CDATA[$$x$$y]]></a>', 'text/xml'), values)
    expect(body).not.toContain(']]><evil/>')
    const sections = [...body.matchAll(/<!\[CDATA\[(.*?)\]\]>/g)].map(([, data]) => data)
    expect(sections.join('')).toBe(']]><evil/>')
  })
})

it('reveals Basic credentials in which a value looks like a secret', () => {
  const rendered = render(
    { auth: { kind: 'basic', username: 'me', password: '$$user{{secret:pass}}' } },
    { user: 'x{{secret:pass}}y' },
  )
  const recorded = rendered.recorded.headers.find(({ name }) => name === 'Authorization')
  expect(revealText(recorded?.value ?? [], secretValue)).toBe(header(rendered, 'Authorization'))
})

it('keeps in its record what goes out, where a lone surrogate does not', () => {
  const changes = { headers: headerRows({ 'X-A': '$$Body' }), ...raw('$$Body') }
  const { recorded } = render(changes, { Body: 'a\ud800' })
  expect(recorded.body).toEqual(['a\ufffd'])
  expect(recorded.headers).toContainEqual({ name: 'X-A', value: ['a\ufffd'] })
})

it('takes a lone surrogate in the endpoint', () => {
  expect(render({ endpoint: 'http://127.0.0.1/\ud800' }).path).toBe('/%EF%BF%BD')
})
