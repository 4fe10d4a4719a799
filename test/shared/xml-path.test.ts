import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseXml, type XmlElement } from '#shared/xml-document.ts'
import { readXml, xmlPathIssue } from '#shared/xml-path.ts'

const answer = `<?xml version="1.0"?>
<soap:Envelope xmlns:soap="urn:s" xmlns="urn:v"><soap:Body>
  <response status="ok" v:code="7">
    <message id="1"><status> queued </status></message>
    <message id="2"><status><![CDATA[a < b]]></status></message>
    <empty/>
    <mixed>one <b>two</b> three</mixed>
  </response>
</soap:Body></soap:Envelope>`

const read = (path: string, text = answer) => {
  const root = parseXml(text)
  return root && readXml(root, path)
}

it.each([
  ['/Envelope/Body/response/message/status', ['queued', 'a < b']],
  ['/soap:Envelope/soap:Body/response/@status', ['ok']],
  ['/other:Envelope', []],
  ['//status', ['queued', 'a < b']],
  ['//message[2]/status', ['a < b']],
  ['//message[2]/@id', ['2']],
  ['//message[3]', []],
  ['//status[1]', ['queued', 'a < b']],
  ['//@id', ['1', '2']],
  ['//@code', ['7']],
  ['//@v:code', ['7']],
  ['//@soap', []],
  ['//response/@*', ['ok', '7']],
  ['//empty', ['']],
  ['//mixed', ['one two three']],
  ['//mixed/text()', ['one  three']],
  ['//empty/text()', []],
  ['/*/*/response/*[2]/status', ['a < b']],
  ['//response//b', ['two']],
  ['/response', []],
])('reads %s', (path, texts) => {
  expect(xmlPathIssue(path)).toBeNull()
  expect(read(path)).toEqual(texts)
})

it.each([
  ['response/status', 'slash'],
  ['/', 'missing'],
  ['/a/', 'missing'],
  ['/a//', 'missing'],
  ['///a', 'one slash'],
  ['/a/@id/b', 'last step'],
  ['/a/text()/b', 'last step'],
  ['/a[0]', 'cannot be read'],
  ['/a[@id="1"]', 'cannot be read'],
  ['/a[last()]', 'cannot be read'],
  ['/a/../b', null],
  ['/a b', 'cannot be read'],
  ['//count(a)', 'cannot be read'],
])('%s has its issue', (path, words) => {
  if (words === null) return expect(read(path)).toEqual([])
  expect(xmlPathIssue(path)).toContain(words)
  expect(read(path)).toEqual([])
})

it('goes through a document only a few times for each step, however deep it nests', () => {
  let looks = 0
  const nested = (depth: number): XmlElement => {
    const children = depth === 0 ? ['x'] : [nested(depth - 1)]
    const attributes = new Map<string, string>()
    return {
      name: 'a',
      attributes,
      get children() {
        looks += 1
        return children
      },
    }
  }
  const [elements, steps] = [200, 20]
  expect(readXml(nested(elements), '//a'.repeat(steps))).toContain('x')
  // Each step looks for descendants and then for children; at last every text is put together.
  expect(looks).toBeLessThan(2 * elements * (steps + elements))
})

it('takes any text for a path without throwing', () => {
  const piece = fc.constantFrom('/', '//', 'a', '@', '[1]', '[', ']', 'text()', '*', ':', ' ', '.', '..')
  const root = parseXml('<a x="1"><a>t</a></a>')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
      const path = pieces.join('')
      const found = root ? readXml(root, path) : []
      if (xmlPathIssue(path) !== null) expect(found).toEqual([])
    }),
  )
})
