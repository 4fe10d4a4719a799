import { describe, expect, it } from 'vitest'
import { callbackMappingSchema, type CallbackMapping } from '#shared/callbacks/format.ts'
import { decodeCallback } from '#shared/callbacks/read/decode.ts'
import { answerTo } from '#shared/callbacks/read/platform-answer.ts'
import { callbackReading } from '#shared/callbacks/read/provider-formats.ts'
import { readCallback } from '#shared/callbacks/read/read-callback.ts'

const mapping: CallbackMapping = callbackMappingSchema.parse({
  receipts: {
    itemsAt: '',
    id: 'data.id || id',
    reference: '',
    to: 'to',
    status: 'state',
    statuses: [
      { word: 'DELIVRD', state: 'delivered' },
      { word: '7', state: 'expired' },
      { word: 'constructor', state: 'failed' },
    ],
    error: 'err',
    errorText: '',
    time: 'at',
  },
  replies: { itemsAt: '', from: 'msisdn', to: '', text: 'text', time: '' },
  clicks: { itemsAt: 'events[*]', id: 'id', reference: '', url: 'link', time: 'ts' },
  timeForm: 'plain',
  zone: '+02:00',
  answer: { status: 202, contentType: 'text/plain', body: 'ACK' },
})

function read(body: unknown, own: CallbackMapping | null = mapping) {
  const decoded = decodeCallback({
    method: 'POST',
    query: '',
    contentType: '',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const { formats, platform, answer } = callbackReading(null, '', own)
  const found = readCallback(decoded, formats, { platform })
  return { ...found, answer: answerTo(decoded, found, answer) }
}

describe('a mapping of the user’s own', () => {
  it('reads receipts by the table of words, and answers as it says', () => {
    const { items, format, answer } = read(
      'id=1&to=15550100042&state=delivrd&at=2026-01-02+03:04:05&text=sent+text',
    )
    expect(format).toBe('Your receipts')
    expect(items).toMatchObject([
      {
        kind: 'receipt',
        vendorId: '1',
        to: '+15550100042',
        word: 'delivrd',
        state: 'delivered',
        at: Date.parse('2026-01-02T01:04:05Z'),
      },
    ])
    expect(answer).toEqual({ status: 202, contentType: 'text/plain', body: 'ACK' })
  })

  it('tells replies and clicks from receipts, and a word that is not in the table from a known one', () => {
    expect(read({ msisdn: '15550100042', text: 'Hi', state: 'new' }).items).toMatchObject([
      { kind: 'reply', text: 'Hi', from: '+15550100042' },
    ])
    expect(read({ events: [{ id: 4, link: 'https://a.example' }, { id: 5 }] }).items).toMatchObject([
      { kind: 'click', vendorId: '4', url: 'https://a.example' },
    ])
    expect(read({ id: '1', state: 'ENROUTE' })).toMatchObject({
      format: 'Your receipts, with a word that is not in the table',
      items: [{ word: 'ENROUTE', state: null }],
    })
    expect(read({ data: { id: 9 }, state: 7, err: '0' }).items).toMatchObject([
      { vendorId: '9', state: 'expired', errorCode: null },
    ])
    expect(read({ id: '1', state: 'constructor' }).items[0]?.state).toBe('failed')
    expect(read('{"id":"1","state":"__proto__"}').items[0]?.state).toBeNull()
  })

  it('leaves the platform’s JSON understood beside it', () => {
    const group = { event: 'delivered', data: [{ ts: 1_767_344_400, meta: 'm-1', description: 'ok' }] }
    for (const own of [mapping, null]) {
      const { format, items, answer } = read([group], own)
      expect([format, items[0]?.reference, answer.status]).toEqual(['Platform’s JSON', 'm-1', 200])
    }
  })

  it('reads XML by its paths', () => {
    const receipts = mapping.receipts && {
      ...mapping.receipts,
      id: '/dlr/@id',
      status: '//status',
      itemsAt: '',
    }
    const own = { ...mapping, receipts, replies: null, clicks: null }
    expect(read('<dlr id="8"><status>DELIVRD</status></dlr>', own).items).toMatchObject([
      { vendorId: '8', state: 'delivered' },
    ])
  })

  it('is left out for a vendor whose callbacks are known and fixed', () => {
    const fixed = {
      configuredBy: 'x',
      addressFields: [],
      formats: [],
      answer: mapping.answer,
      repeats: '',
      signature: null,
      imitated: [],
      words: {},
      notes: '',
    }
    expect(callbackReading({ ...fixed, mappable: false }, '', mapping).formats).toEqual([])
    expect(callbackReading({ ...fixed, mappable: true }, '', mapping).formats).toHaveLength(4)
  })

  it('takes paths and no patterns', () => {
    const receipts = { ...mapping.receipts, id: '~id=(a+)+$' }
    const { error } = callbackMappingSchema.safeParse({ ...mapping, receipts })
    expect(error?.issues[0]?.message).toBe(
      'Write a path, as in data.id: a callback is not searched by a pattern.',
    )
  })
})
