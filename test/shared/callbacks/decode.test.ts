import { describe, expect, it } from 'vitest'
import { decodeCallback } from '#shared/callbacks/read/decode.ts'

const formType = 'application/x-www-form-urlencoded'
const decode = (body: string, contentType = formType, query = '') =>
  decodeCallback({ method: 'POST', query, contentType, body })

describe('a form', () => {
  it('keeps repeated keys in order, and takes spaces and escapes', () => {
    const { body } = decode('a=1+2&b=%C3%A9%26&a=3&c&=x&%41=%zz')
    expect({ ...body }).toEqual({ a: ['1 2', '3'], b: 'é&', c: '', '': 'x', A: '%zz' })
  })

  it('reads ISO 8859-1 where it is named, and where escapes are no UTF-8', () => {
    expect(decode('t=%E9t%E9', `${formType}; charset=ISO-8859-1`).body).toEqual({ t: 'été' })
    expect(decode('t=%C3%A9', `${formType}; charset="iso-8859-1"`).body).toEqual({ t: 'Ã©' })
    expect(decode('t=%E9t%E9').body).toEqual({ t: 'été' })
    expect(decode('t=%F0%9F%91%8D').body).toEqual({ t: '👍' })
  })

  it('is told by what it holds where no type or a wrong one is given', () => {
    expect(decode('a=1', '').body).toEqual({ a: '1' })
    expect(decode('a=1', 'text/plain').body).toEqual({ a: '1' })
    expect(decode('a=1', 'application/json').body).toEqual({ a: '1' })
  })

  it('whose only key is JSON, escaped or not, is that JSON', () => {
    expect(decode('{"a":"b&c=d"}').body).toEqual({ a: 'b&c=d' })
    expect(decode(encodeURIComponent('{"a":[1]}')).body).toEqual({ a: [1] })
    expect(decode(`${encodeURIComponent('{"a":[1]}')}=`).body).toEqual({ a: [1] })
  })
})

describe('JSON', () => {
  it('is read whatever its type says, with a byte order mark, and with long ids as they are written', () => {
    expect(decode('\uFEFF [{"id":12345678901234567890,"n":7}]', 'text/xml').body).toEqual([
      { id: '12345678901234567890', n: 7 },
    ])
  })

  it('that is cut off or too deep says where and why', () => {
    expect(decode('{"id":"1"', 'application/json')).toMatchObject({
      trouble: 'unreadable',
      why: 'The body is not JSON at character 10: The end comes too soon: a } is missing.',
    })
    expect(decode('['.repeat(65) + ']'.repeat(65)).why).toBe('The JSON nests deeper than 64 levels.')
    expect(decode('['.repeat(64) + ']'.repeat(64)).trouble).toBeNull()
  })
})

describe('other bodies', () => {
  it('has the plain fields of multipart/form-data', () => {
    const body =
      '--b 1\r\nContent-Disposition: form-data; name="id"\r\n\r\n42\r\n--b 1\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\nno\r\n--b 1\r\nContent-Disposition: form-data; name="id"\r\nContent-Type: text/plain\r\n\r\na\r\nb\r\n--b 1--\r\n'
    expect(decode(body, 'multipart/form-data; boundary="b 1"').body).toEqual({ id: ['42', 'a\r\nb'] })
    expect(decode('--b\r\n', 'multipart/form-data').why).toBe(
      'The body has no parts with the boundary that its type names.',
    )
  })

  it('has XML, and refuses what is none', () => {
    expect(decode('<dlr><id>1</id></dlr>', 'text/xml').xml?.name).toBe('dlr')
    expect(decode('<dlr><id>').why).toBe('The body is no well-formed XML.')
    expect(decode('delivered', 'text/plain').why).toBe('The body is no JSON, form or XML.')
  })

  it.each(['', '  \r\n', '[]', '{}', ' [ ] '])('is empty: %j', (body) => {
    expect(decode(body).trouble).toBe('empty')
    expect(decode(body, '', 'a=1').trouble).toBeNull()
  })
})

it('takes names of prototypes for names, and nothing more', () => {
  const { body, query } = decode('__proto__=1&constructor=2&toString=3', formType, '__proto__=4')
  expect(Object.keys(body ?? {})).toEqual(['__proto__', 'constructor', 'toString'])
  expect(Object.keys(query)).toEqual(['__proto__'])
  expect(({} as Record<string, unknown>)['1']).toBeUndefined()
  expect(Object.hasOwn(decode('{"__proto__":{"polluted":1}}').body ?? {}, '__proto__')).toBe(true)
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})
