import { parse as parseQuery } from 'node:querystring'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProviderSettings } from '#shared/settings.ts'
import { UnrenderableError } from '../../../../electron/sending/render/escape.ts'
import { revealText } from '../../../../electron/sending/render/masked-text.ts'
import { renderRequest, type RenderedRequest } from '../../../../electron/sending/render/render.ts'
import { forAwkwardTexts, inUtf8 } from '../../../helpers/awkward-text.ts'
import { startEchoServer, type EchoServer } from '../../../helpers/echo-server.ts'
import { formRows, headerRows, settingsWith } from '../../../helpers/settings.ts'

let server: EchoServer
beforeAll(async () => {
  server = await startEchoServer()
})
afterAll(() => server.close())

/** The value stands for the placeholder and for the secret alike; what is kept reveals to what goes out. */
function render(changes: Partial<ProviderSettings>, value: string): RenderedRequest {
  const settings = settingsWith({ endpoint: `${server.endpoint}/s`, parameters: formRows({}), ...changes })
  const secretValue = () => value
  const rendered = renderRequest(settings, { values: { x: value, y: 'y' }, secretValue, userAgent: 'test' })
  const { recorded } = rendered
  expect(revealText(recorded.body, secretValue)).toBe(rendered.body)
  expect(revealText(recorded.url, secretValue).slice(server.endpoint.length)).toBe(rendered.path)
  for (const [name, sent] of rendered.headers) {
    const kept = recorded.headers.find((header) => header.name === name)?.value ?? []
    expect(Buffer.from(revealText(kept, secretValue)).toString('latin1')).toBe(sent)
  }
  return rendered
}

function refusal(changes: Partial<ProviderSettings>, value: string): string {
  try {
    render(changes, value)
  } catch (error) {
    if (error instanceof UnrenderableError) return error.message
    throw error
  }
  throw new Error(`${JSON.stringify(value)} was not refused`)
}

describe.each([
  ['a placeholder’s value', '$$x'],
  ['a secret', '{{secret:x}}'],
])('%s comes back unchanged from', (_what, slot) => {
  it('a form, through a server', async () => {
    await forAwkwardTexts(async (text) => {
      const rows = { 'a b&': `<${slot}>`, 'é=': slot, y: '$$y' }
      const { body } = await server.send(render({ parameters: formRows(rows) }, text))
      const value = inUtf8(text)
      const expected = { 'a b&': `<${value}>`, 'é=': value, y: 'y' }
      expect(Object.fromEntries(new URLSearchParams(body))).toEqual(expected)
      expect({ ...parseQuery(body) }).toEqual(expected)
    })
  })

  it('a form written by hand', async () => {
    const contentType = 'application/x-www-form-urlencoded'
    await forAwkwardTexts((text) => {
      const raw = { kind: 'raw', contentType, text: `a=${slot}&b=[${slot}]` } as const
      const fields = Object.fromEntries(new URLSearchParams(render({ parameters: raw }, text).body))
      expect(fields).toEqual({ a: inUtf8(text), b: `[${inUtf8(text)}]` })
    })
  })

  it('the query, through a server', async () => {
    await forAwkwardTexts(async (text) => {
      const endpoint = `${server.endpoint}/s?a=${slot}&b=-${slot}`
      const parameters = formRows({ c: slot, 'd d': `${slot}+` })
      const { url } = await server.send(render({ method: 'GET', endpoint, parameters }, text))
      const value = inUtf8(text)
      const query = Object.fromEntries(new URL(url, server.endpoint).searchParams)
      expect(query).toEqual({ a: value, b: `-${value}`, c: value, 'd d': `${value}+` })
    })
  })

  it('the path, through a server, unless it would climb', async () => {
    await forAwkwardTexts(async (text) => {
      const endpoint = `${server.endpoint}/a/${slot}/v-${slot}/b?q=1`
      if (['.', '..'].includes(text)) return expect(refusal({ endpoint }, text)).toContain('path')
      const { url } = await server.send(render({ endpoint }, text))
      const steps = url.split('?')[0]?.split('/').map(decodeURIComponent)
      expect(steps).toEqual(['', 'a', inUtf8(text), `v-${inUtf8(text)}`, 'b'])
    })
  })

  it('a header, through a server, unless it holds a line break', async () => {
    await forAwkwardTexts(async (text) => {
      const headers = headerRows({ 'X-A': slot, 'X-B': `<${slot}>` })
      if (/[\0-\u0008\n-\u001F\u007F]/.test(text)) return expect(refusal({ headers }, text)).toContain('X-A')
      const seen = await server.send(render({ headers }, text))
      // Spaces and tabs around a value are no part of it (RFC 9110, 5.5).
      const bare = inUtf8(text).replace(/^[ \t]+|[ \t]+$/g, '')
      expect([seen.headers['x-a'], seen.headers['x-b']]).toEqual([bare, `<${inUtf8(text)}>`])
    })
  })

  it('Basic credentials, through a server', async () => {
    await forAwkwardTexts(async (text) => {
      const auth = { kind: 'basic', username: 'me', password: `${slot}` } as const
      const { headers } = await server.send(render({ auth }, text))
      const credentials = Buffer.from(headers['authorization']?.slice('Basic '.length) ?? '', 'base64')
      expect(credentials.toString('utf8')).toBe(`me:${inUtf8(text)}`)
      const asUser = { kind: 'basic', username: slot, password: 'p' } as const
      if (text.includes(':')) return expect(refusal({ auth: asUser }, text)).toContain('colon')
      const sent = (await server.send(render({ auth: asUser }, text))).headers['authorization'] ?? ''
      expect(Buffer.from(sent.slice('Basic '.length), 'base64').toString('utf8')).toBe(`${inUtf8(text)}:p`)
    })
  })

  it('a JSON string', async () => {
    await forAwkwardTexts((text) => {
      const template = `{"a":"<${slot}>","${slot}-k":["\\\\${slot}"],"b":"\\"${slot}"}`
      const raw = { kind: 'raw', contentType: 'application/json', text: template } as const
      const value = inUtf8(text)
      const expected = { a: `<${value}>`, [`${value}-k`]: [`\\${value}`], b: `"${value}` }
      expect(JSON.parse(render({ parameters: raw }, text).body)).toEqual(expected)
    })
  })

  it('a plain text', async () => {
    await forAwkwardTexts(async (text) => {
      const raw = { kind: 'raw', contentType: 'text/plain', text: `to ${slot}!` } as const
      const { body } = await server.send(render({ parameters: raw }, text))
      expect(body).toBe(`to ${inUtf8(text)}!`)
    })
  })
})

const bare = (slot: string) =>
  ({ parameters: { kind: 'raw', contentType: 'application/json', text: `{"a": ${slot} }` } }) as const

it('becomes a JSON value of its own where it stands bare, a string if it is none', async () => {
  const own = (text: string): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      return inUtf8(text)
    }
  }
  await forAwkwardTexts((text) => {
    const sent = JSON.parse(render(bare('$$x'), text).body) as { a: unknown }
    expect(sent.a).toEqual(own(text))
    expect(JSON.parse(render(bare('{{secret:x}}'), text).body)).toEqual({ a: inUtf8(text) })
  })
})
