import { XMLParser } from 'fast-xml-parser'
import { Window } from 'happy-dom'
import { describe, expect, it } from 'vitest'
import { parseXml } from '#shared/xml-document.ts'
import { readXml } from '#shared/xml-path.ts'
import { UnrenderableError } from '../../../../electron/sending/render/escape.ts'
import { revealText } from '../../../../electron/sending/render/masked-text.ts'
import { renderRequest } from '../../../../electron/sending/render/render.ts'
import { forAwkwardTexts, inUtf8 } from '../../../helpers/awkward-text.ts'
import { settingsWith } from '../../../helpers/settings.ts'

function render(text: string, values: Record<string, string>): string {
  const parameters = { kind: 'raw', contentType: 'text/xml; charset=utf-8', text } as const
  const secretValue = (name: string) => values[name] ?? ''
  const rendered = renderRequest(settingsWith({ parameters }), { values, secretValue, userAgent: 'test' })
  expect(revealText(rendered.recorded.body, secretValue)).toBe(rendered.body)
  return rendered.body
}

/** What XML 1.0 has no form for. */
const impossible = (text: string) => /[\0-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(text)

const documentOf = (slot: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>
<m a="${slot}" b='${slot}'><!-- it's "quoted" > --><t>${slot}</t><u>${slot} and ${slot}</u></m>`

describe.each([
  ['a placeholder’s value', '$$x'],
  ['a secret', '{{secret:x}}'],
])('%s comes back unchanged', (_what, slot) => {
  const browser = new new Window().DOMParser()
  const options = { trimValues: false, ignoreAttributes: false, parseTagValue: false, htmlEntities: true }
  const parser = new XMLParser({ ...options, parseAttributeValue: false, attributeNamePrefix: '@' })

  it('from texts and attributes, in three parsers', async () => {
    await forAwkwardTexts((text) => {
      if (impossible(text)) return expect(() => render(documentOf(slot), { x: text })).toThrow(/XML cannot/)
      const body = render(documentOf(slot), { x: text })
      const value = inUtf8(text)
      const expected = [value, value, value, `${value} and ${value}`]
      const root = browser.parseFromString(body, 'application/xml').documentElement
      const texts = [...root.children].map((child) => child.textContent)
      expect([root.getAttribute('a'), root.getAttribute('b'), ...texts]).toEqual(expected)
      const { m } = parser.parse(body) as { m: Record<string, string> }
      expect([m['@a'], m['@b'], m['t'], m['u']]).toEqual(expected)
      const own = parseXml(body)
      expect(own && readXml(own, '/m/@a')).toEqual([value.trim()])
    })
  })

  it('from CDATA, whatever stands around it', async () => {
    const template = `<m><c><![CDATA[${slot}]]></c><d><![CDATA[a]${slot}]]]></d><e><![CDATA[${slot}${slot}>]]></e></m>`
    await forAwkwardTexts((text) => {
      if (impossible(text)) return expect(() => render(template, { x: text })).toThrow(/XML cannot/)
      const body = render(template, { x: text })
      const value = inUtf8(text)
      expect(body.replace(/<!\[CDATA\[.*?\]\]>/gs, '')).not.toContain(']]>')
      const expected = [value, `a]${value}]`, `${value}${value}>`]
      const { m } = parser.parse(body) as { m: Record<string, string> }
      expect([m['c'], m['d'], m['e']]).toEqual(expected)
      const own = parseXml(body)
      expect(own && readXml(own, '/m/*')).toEqual(expected.map((one) => one.trim()))
    })
  })
})

describe('a value in a comment', () => {
  it('leaves the document whole', async () => {
    await forAwkwardTexts((text) => {
      if (impossible(text)) return
      const body = render('<m><!-- was: $$x--><t>$$x</t></m>', { x: text })
      expect(/<!--(.*)-->/s.exec(body)?.[1]).not.toContain('--')
      const root = new new Window().DOMParser().parseFromString(body, 'application/xml').documentElement
      expect(root.textContent).toBe(inUtf8(text))
    }, 20)
  })

  it('is refused for a secret, which would be sent for nothing', () => {
    expect(() => render('<m><!-- {{secret:x}} --></m>', { x: 'k' })).toThrow(UnrenderableError)
  })
})

describe('a value in a tag, outside quotes', () => {
  it('may be a name and nothing else', () => {
    expect(render('<$$x>1</$$x>', { x: 'mobile_no' })).toBe('<mobile_no>1</mobile_no>')
    for (const x of ['', 'a b', 'a>', '1a', 'a="', 'a/']) {
      expect(() => render('<m $$x="1"/>', { x })).toThrow(/stands in a tag/)
    }
    expect(() => render('<m a={{secret:x}}/>', { x: 'k' })).toThrow(/tag/)
  })
})
