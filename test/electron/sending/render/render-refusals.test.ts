import { describe, expect, it } from 'vitest'
import { settingsIssues } from '#shared/settings-checks.ts'
import { UnrenderableError } from '../../../../electron/sending/render/escape.ts'
import { renderRequest } from '../../../../electron/sending/render/render.ts'
import { headerRows, settingsWith } from '../../../helpers/settings.ts'

const raw = (contentType: string, text: string) => ({ kind: 'raw', contentType, text }) as const

function render(contentType: string, text: string, values: Record<string, string> = {}): string {
  const settings = settingsWith({ parameters: raw(contentType, text) })
  const filled = { Body: 'b', TemplateID: '', ...values }
  return renderRequest(settings, { values: filled, secretValue: () => 's', userAgent: 'test' }).body
}

function refusal(contentType: string, text: string, values: Record<string, string> = {}): string {
  try {
    return `sent: ${render(contentType, text, values)}`
  } catch (error) {
    if (error instanceof UnrenderableError) return error.message
    throw error
  }
}

describe('a JSON template that is no JSON', () => {
  it.each([
    ["{'a': '$$v'}", 1],
    ['{"a": "x" /* " */,\n "b": "$$v"}', 1],
    ['// it"s\n{"b": "$$v"}', 1],
    ['{\n "a": "$$v"\n "b": 1\n}', 3],
    ['{"a": "$$v', 1],
  ])('is refused: %j', (text, line) => {
    const values = { v: `x','to':'+1` }
    expect(refusal('application/json', text, values)).toBe(`The body is not valid JSON at line ${line}.`)
  })

  it('is told from one with placeholders that stand bare, and from JSON line by line', () => {
    expect(render('application/json', '{"ttl": $$v, "n": [$$v, -1.5e3]}', { v: '5' })).toBe(
      '{"ttl": 5, "n": [5, -1.5e3]}',
    )
    expect(render('application/json', '')).toBe('')
    expect(render('application/x-ndjson', '{"a":"$$v"}\n{"b":$$v}\n', { v: 'x' })).toBe(
      '{"a":"x"}\n{"b":"x"}\n',
    )
    expect(refusal('application/x-ndjson', '{"a":1}\n{"b":\'$$v\'}', { v: 'x' })).toContain('at line 2')
  })
})

describe('where an empty value would let the XML around it end', () => {
  it.each([
    '<a><![CDATA[x]]$$TemplateID>$$v]]></a>',
    '<a><![CDATA[x]$$TemplateID]>$$v]]></a>',
    '<a><![CDATA[]$$TemplateID]$$TemplateID>$$v]]></a>',
  ])('a CDATA section is refused: %s', (text) => {
    expect(refusal('text/xml', text, { v: '<evil/>' })).toMatch(
      /^Without a value for .* CDATA section .* early/,
    )
  })

  it.each([
    '<a><!--$$TemplateID-$$TemplateID->$$v--></a>',
    '<a><!-- -$$TemplateID- $$v --></a>',
    '<a><!-- --$$TemplateID>$$v --></a>',
  ])('a comment is refused: %s', (text) => {
    expect(refusal('text/xml', text, { v: '<evil/>' })).toMatch(/^Without a value for .* comment .* early/)
  })

  it('brackets and hyphens elsewhere are none of that', () => {
    const text = '<a-b c="]]"><![CDATA[x]$$TemplateID]]]><!-- - $$v - --><d>-$$TemplateID-</d></a-b>'
    expect(render('text/xml', text, { v: 'y' })).toBe(
      '<a-b c="]]"><![CDATA[x]]]]><!-- - y - --><d>--</d></a-b>',
    )
  })
})

it('no value stands in a DOCTYPE or a processing instruction of XML', () => {
  const doctype = '<!DOCTYPE a [<!-- don\'t --><!ENTITY e "$$Body">]><a>&e;</a>'
  expect(refusal('text/xml', doctype)).toContain('$$Body stands in the DOCTYPE')
  expect(refusal('text/xml', '<!DOCTYPE $$v><a/>', { v: 'a' })).toContain('the DOCTYPE')
  expect(refusal('text/xml', '<?note $$v?><a/>', { v: 'a' })).toContain('a processing instruction')
  const around = `<?note don't?><!DOCTYPE a [<!-- don't --><!ENTITY e "x>">]><a b="$$v"><![CDATA[$$v]]></a>`
  expect(render('text/xml', around, { v: '<' })).toBe(
    `<?note don't?><!DOCTYPE a [<!-- don't --><!ENTITY e "x>">]><a b="&#60;"><![CDATA[<]]></a>`,
  )
})

describe('a body that cannot be sent as its type says', () => {
  it.each([
    ['multipart/form-data; boundary=x', /^Multipart bodies are not supported/],
    ['text/plain; charset=ISO-8859-1', /charset=utf-8, or leave ISO-8859-1 out/],
    ['text/xml;charset="utf-16"', /leave utf-16 out/],
  ])('is refused at its field and when it is sent: %s', (contentType, message) => {
    const parameters = raw(contentType, 'a=$$v')
    expect(refusal(contentType, 'a=$$v', { v: 'x\r\n--x' })).toMatch(message)
    const own = settingsWith({
      parameters: raw('', ''),
      headers: headerRows({ 'content-type': contentType }),
    })
    expect(settingsIssues(settingsWith({ parameters }))[0]).toMatchObject({
      path: ['parameters', 'contentType'],
      message: expect.stringMatching(message),
    })
    expect(settingsIssues(own)[0]).toMatchObject({ path: ['headers', 0, 'value'] })
    expect(settingsIssues(settingsWith({ parameters, method: 'GET' }))).toEqual([])
  })

  it.each([
    '',
    'text/plain; charset=UTF-8',
    'text/plain; charset=us-ascii',
    'application/json; charset="utf8"',
  ])('is told from one that can: %j', (contentType) => {
    expect(settingsIssues(settingsWith({ parameters: raw(contentType, '"$$v"') }))).toEqual([])
    expect(render(contentType, '"$$v"', { v: 'é' })).toBe('"é"')
  })
})
