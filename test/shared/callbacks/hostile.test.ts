import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCallback } from '#shared/callbacks/read/decode.ts'
import { answerTo } from '#shared/callbacks/read/platform-answer.ts'
import { callbackReading } from '#shared/callbacks/read/provider-formats.ts'
import { readCallback } from '#shared/callbacks/read/read-callback.ts'
import { vendorSchema } from '#shared/catalogue/entry.ts'

const files = import.meta.glob<unknown>('../../../resources/catalogue/*.json', {
  eager: true,
  import: 'default',
})
const readings = Object.values(files)
  .map((file) => vendorSchema.parse(file))
  .flatMap(({ apis, callbacks }) => {
    const asked = callbacks?.formats.some((format) => format.apis) ? apis : apis.slice(0, 1)
    return asked.map(({ id }) => callbackReading(callbacks, id, null))
  })
readings.push(callbackReading(null, '', null))

const fixtures = import.meta.glob<
  { query?: string; form?: Record<string, string>; json?: unknown; text?: string }[]
>('../../fixtures/callbacks/*.json', { eager: true, import: 'default' })
const samples = Object.values(fixtures)
  .flat()
  .map(({ query = '', form = {}, json, text }) => ({
    query,
    body: text ?? (json === undefined ? new URLSearchParams(form).toString() : JSON.stringify(json)),
  }))

/** By every vendor's formats; how many records there were in all. */
function readAll(body: string, contentType = '', query = ''): number {
  let records = 0
  const decoded = decodeCallback({ method: 'POST', query, contentType, body })
  for (const { formats, platform, answer } of readings) {
    const read = readCallback(decoded, formats, { platform })
    records += read.items.length
    expect((read.format === null) === (read.trouble !== null)).toBe(true)
    if (read.trouble !== null) expect(read.why).toMatch(/\.$/)
    expect(answerTo(decoded, read, answer).status).toBeLessThan(500)
  }
  return records
}

describe('requests that nobody meant to be read', () => {
  it('are read or refused, and never throw: samples with pieces changed, doubled, cut and mixed', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '\0',
        '\uFFFD',
        '\uD800',
        '%',
        '%00',
        '%ff%fe',
        '&&',
        '==',
        '[',
        ']',
        '{',
        '}',
        '"',
        '\\',
        '__proto__',
        'constructor',
        ',',
        ':',
        '1e999',
        '-0',
        '<a>',
        'null',
        '🏳️‍🌈',
      ),
      fc.string({ maxLength: 10, unit: 'binary' }),
    )
    const change = fc.tuple(fc.nat(), fc.nat(40), piece)
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(change, { minLength: 1, maxLength: 5 }),
        fc.string(),
        ({ body, query }, changes, type) => {
          let [text, asked] = [body, query]
          for (const [at, length, put] of changes) {
            const from = at % (text.length + 1)
            text = text.slice(0, from) + put + text.slice(from + length)
            const place = at % (asked.length + 1)
            asked = asked.slice(0, place) + put + asked.slice(place + length)
          }
          readAll(text, type, asked)
        },
      ),
      { numRuns: 1200 },
    )
  })

  it('are read whatever JSON they hold', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (body) => void readAll(body, 'application/json')),
      { numRuns: 300 },
    )
  })

  const size = 256 * 1024
  const filled = (piece: string) => piece.repeat(Math.floor(size / piece.length))
  const record = '{"a":1},'

  // Anything that grew with the square of its length would take minutes here, and the test's time would be over.
  it.each<[string, string]>([
    ['brackets without end', filled('[')],
    ['objects without end', filled('{"a":')],
    ['a string without end', `["${filled('\\"')}`],
    ['strings without end', `{${filled('"\\')}`],
    ['deep lists', `${'['.repeat(size / 2)}${']'.repeat(size / 2)}`],
    ['many empty records', `[${filled('{},')}{}]`],
    ['many records that hold nothing known', `[${filled(record)}{"a":1}]`],
    ['many records in a group', `[{"event":"delivered","data":[${filled(record)}{}]}]`],
    ['many groups', `[${filled('{"event":"failed","data":[{}]},')}{}]`],
    ['many reports in a list', `{"results":[${filled('{"messageId":1},')}{}]}`],
    ['many statuses', `{"batch_id":"1","status":"x","statuses":[${filled('{"recipients":[1,2]},')}{}]}`],
    ['reports in a text', `data=${encodeURIComponent(`[${'{"report":[{}]},'.repeat(5000)}{}]`)}`],
    ['texts of JSON in records', `[${filled('{"data":"[{}]"},')}{}]`],
    ['one key, many times', filled('a=1&')],
    ['many keys', Array.from({ length: 9000 }, (_, index) => `key${index}=1`).join('&')],
    [
      'keys by their case',
      `{${Array.from({ length: 9000 }, (_, index) => `"MESSAGESID${index}":1`).join(',')}}`,
    ],
    ['escapes', filled('%')],
    ['escapes that are no UTF-8', `t=${filled('%ff')}`],
    ['spaces', filled(' ')],
    ['tags', filled('<a>')],
    ['tags that close', `<r>${filled('<a/>')}</r>`],
    ['ands', filled('&')],
    ['digits', `{"messageId":${filled('9')},"status":"sent"}`],
    ['a long word', `MessageStatus=${filled('x')}&MessageSid=1&To=${'1'.repeat(2000)}`],
    ['zeros', filled('\0')],
    ['parts', filled('--b\r\n\r\n')],
  ])('are no burden: %s', (_name, body) => {
    expect(
      readAll(body, 'multipart/form-data; boundary=b', filled('a&').slice(0, 16_000)),
    ).toBeGreaterThanOrEqual(0)
  })

  it('keeps no more of a value than it is good for', () => {
    const { formats } = callbackReading(null, '', null)
    const long = 'x'.repeat(100_000)
    const body = JSON.stringify({
      event: 'replied',
      data: [{ ts: 1_767_344_400, meta: 'm', incomingText: long }],
    })
    const [item] = readCallback(
      decodeCallback({ method: 'POST', query: '', contentType: '', body }),
      formats,
      {
        platform: true,
      },
    ).items
    expect(item?.text).toHaveLength(10_000)
  })
})
