import { XMLParser } from 'fast-xml-parser'
import fc from 'fast-check'
import { Window } from 'happy-dom'
import { describe, expect, it } from 'vitest'
import { xmlValues } from '#shared/curl/draft/xml-values.ts'
import { parseXml, type XmlElement } from '#shared/xml-document.ts'

type Plain = string | { name: string; attributes: Record<string, string>; children: Plain[] }

/** Texts that touch are one, and empty ones none, as parsers differ in where they cut them. */
function joined(children: Plain[]): Plain[] {
  const all: Plain[] = []
  for (const child of children) {
    const last = all.at(-1)
    if (typeof child === 'string' && typeof last === 'string') all[all.length - 1] = last + child
    else if (child !== '') all.push(child)
  }
  return all
}

const plain = (node: XmlElement | string): Plain =>
  typeof node === 'string'
    ? node
    : {
        name: node.name,
        attributes: Object.fromEntries(node.attributes),
        children: joined(node.children.map(plain)),
      }

interface DomElement {
  nodeType: number
  tagName: string
  textContent: string
  attributes: Iterable<{ name: string; value: string }>
  childNodes: Iterable<DomElement>
}

const plainNode = (node: DomElement): Plain =>
  node.nodeType === 3
    ? node.textContent
    : {
        name: node.tagName,
        attributes: Object.fromEntries([...node.attributes].map(({ name: key, value }) => [key, value])),
        children: joined([...node.childNodes].map(plainNode)),
      }

const name = fc.constantFrom('a', 'b', 'ns:c', 'été', 'x-1', '_y')
const text = fc.string({ unit: 'binary', maxLength: 20 }).map((value) =>
  // What XML 1.0 cannot hold, and the line ends that every reader changes.
  value.replace(/[\u0000-\u001F\uFFFE\uFFFF\u0085\u2028]|\p{Surrogate}/gu, ''),
)
const { tree } = fc.letrec<{ tree: Plain }>((tie) => ({
  tree: fc.record({
    name,
    attributes: fc.dictionary(fc.constantFrom('k', 'l', 'm:n'), text, { maxKeys: 2, noNullPrototype: true }),
    children: fc.array(fc.oneof({ maxDepth: 4 }, text, tie('tree')), { maxLength: 4 }).map(joined),
  }),
}))

const escape = (value: string) => value.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)

function write(node: Plain): string {
  if (typeof node === 'string') return escape(node)
  const attributes = Object.entries(node.attributes).map(([key, value]) => ` ${key}="${escape(value)}"`)
  return `<${node.name}${attributes.join('')}>${node.children.map(write).join('')}</${node.name}>`
}

describe('a document', () => {
  it('comes back as the tree that it was written from', () => {
    fc.assert(
      fc.property(tree, (node) => {
        const root = parseXml(`<?xml version="1.0"?>\n<!-- <x> -->${write(node)}\n`)
        expect(root && plain(root)).toEqual(node)
      }),
    )
  })

  it('is read as a browser’s parser reads it', () => {
    const parser = new new Window().DOMParser()
    fc.assert(
      fc.property(tree, (node) => {
        const whole = `<r xmlns:ns="urn:n" xmlns:m="urn:m">${write(node)}</r>`
        const dom = parser.parseFromString(whole, 'application/xml').documentElement
        const root = parseXml(whole)
        expect(root && plain(root)).toEqual(plainNode(dom as unknown as DomElement))
      }),
      { numRuns: 50 },
    )
  })

  it('is read as a third one reads it, with CDATA and entities', () => {
    const whole = '<r k="1 &gt; 0"><a>x &amp; &#228;&#x1F600;</a><b><![CDATA[<raw> & ]]></b><c/></r>'
    const options = { trimValues: false, ignoreAttributes: false, parseTagValue: false, htmlEntities: true }
    const { r } = new XMLParser(options).parse(whole) as { r: object }
    const root = parseXml(whole)
    const texts = root?.children.map((child) => (typeof child === 'object' ? child.children.join('') : ''))
    expect([...(texts ?? []), root?.attributes.get('k')]).toEqual(Object.values(r))
  })

  it('may begin with blank lines and a plain DOCTYPE, and hold bare ampersands', () => {
    expect(parseXml('\n<!DOCTYPE r SYSTEM "r.dtd">\n<r>Tom & Jerry &nbsp; &#0;</r>')?.children).toEqual([
      'Tom & Jerry &nbsp; &#0;',
    ])
  })
})

describe('no document is', () => {
  it.each([
    ['nothing', ''],
    ['text', 'OK 123'],
    ['JSON', '{"a":"<b/>"}'],
    ['two roots', '<a/><b/>'],
    ['text beside the root', '<a/>x'],
    ['an open element', '<a><b></a>'],
    ['an element that ends twice', '<a></a></a>'],
    ['an element that ends as another', '<a></b>'],
    ['one that is cut off', '<a><b>te'],
    ['a tag that is cut off', '<a b="c'],
    ['an attribute without quotes', '<a b=c/>'],
    ['the same attribute twice', '<a b="1" b="2"/>'],
    ['an open comment', '<a><!-- </a>'],
    ['an open CDATA section', '<a><![CDATA[ </a>'],
    ['CDATA outside the root', '<![CDATA[x]]><a/>'],
    ['a page for people', '<!DOCTYPE html><html><head><meta charset=utf-8><br></head></html>'],
    ['a DTD of its own', '<!DOCTYPE a []><a/>'],
    ['entities of its own', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
  ])('%s', (_what, body) => {
    expect(parseXml(body)).toBeNull()
  })

  it('one that unfolds or nests without end, however long it is', () => {
    const laughs = Array.from({ length: 10 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`)
    expect(parseXml(`<!DOCTYPE l [<!ENTITY l0 "lol">${laughs.join('')}]><l>&l10;</l>`)).toBeNull()
    for (const open of ['<a>', '<', '<a ', '<!--', '<![CDATA[', '<a b="', '&', ' ', '<a b=""']) {
      expect(parseXml(open.repeat(100_000))).toBeNull()
    }
    expect(parseXml('<a>'.repeat(100_000) + '</a>'.repeat(100_000))).toBeNull()
    expect(parseXml('<a>'.repeat(256) + '</a>'.repeat(256))?.name).toBe('a')
    expect(parseXml(`<a${' '.repeat(200_000)}`)).toBeNull()
    expect(parseXml(`<a>${'<b/>'.repeat(100_000)}</a>`)?.children).toHaveLength(100_000)
  })

  it('a text that makes it throw', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      'a',
      '="',
      '"',
      '<a>',
      '</a>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '&#',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const root = parseXml(pieces.join(''))
        expect(root === null || typeof root.name === 'string').toBe(true)
      }),
    )
  })
})

it('references are undone in one way, in a sample command too', () => {
  for (const held of ['&#0;&#x0;', '&#x1F600;&#65;', '&#1114112;', '&amp;lt;&nbsp;']) {
    expect(xmlValues(`<a>${held}</a>`)[0]?.value).toBe(parseXml(`<a>${held}</a>`)?.children[0])
  }
})
