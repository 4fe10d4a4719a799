import { describe, expect, it } from 'vitest'
import { decodeCallback } from '#shared/callbacks/read/decode.ts'
import { answerTo } from '#shared/callbacks/read/platform-answer.ts'
import { platformCodes } from '#shared/callbacks/read/platform-codes.ts'
import { readCallback } from '#shared/callbacks/read/read-callback.ts'

const usual = { status: 204, contentType: 'text/plain', body: '' }

function take(body: unknown) {
  const decoded = decodeCallback({
    method: 'POST',
    query: 'account=A-1',
    contentType: 'application/json',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const read = readCallback(decoded, [], { platform: true })
  const { status, body: text } = answerTo(decoded, read, usual)
  return { read, items: read.items, status, answer: text === '' ? null : (JSON.parse(text) as unknown) }
}

const meta = '15550100042.7.1700000000.20231114.0.wzrk_default.-12.'
const ts = 1_700_000_000

describe('the platform’s JSON', () => {
  it('reads groups of all four events', () => {
    const { read, items, status, answer } = take([
      { event: 'delivered', data: [{ ts, meta, description: 'DELIVRD' }] },
      { event: 'failed', data: [{ ts: `${ts}`, meta, code: '901', description: 'On the list' }] },
      {
        event: 'clicked',
        data: [{ ts, meta, url: 'https://a.example/long', shorturl: 'https://s.example/1' }],
      },
      { event: 'replied', data: [{ ts, meta, toPhone: '5555', incomingText: 'STOP' }] },
    ])
    expect(read).toMatchObject({ format: 'Platform’s JSON', trouble: null })
    expect(items.map(({ kind, state, word, lacks }) => [kind, state, word, lacks])).toEqual([
      ['receipt', 'delivered', 'delivered', null],
      ['receipt', 'rejected', 'failed', null],
      ['click', null, null, null],
      ['reply', null, null, null],
    ])
    expect(items.every((item) => item.reference === meta && item.at === ts * 1000)).toBe(true)
    expect(items[1]).toMatchObject({ errorCode: '901', errorText: 'On the list' })
    expect(items[2]).toMatchObject({ url: 'https://a.example/long', shortUrl: 'https://s.example/1' })
    expect(items[3]).toMatchObject({ text: 'STOP', to: '5555' })
    expect([status, answer]).toEqual([200, { status: 'success', processed: 4, unprocessed: [] }])
  })

  it('takes a bare object, the other spellings of keys, failed_dnd, and keys that it does not know', () => {
    const { items, status } = take({
      event: 'failed_dnd',
      extra: 1,
      data: [{ ts, meta, description: 'x', more: {} }],
    })
    expect(items).toMatchObject([{ errorCode: '901', state: 'rejected', word: 'failed_dnd', lacks: null }])
    expect(status).toBe(200)
    expect(
      take([{ event: 'clicked', data: [{ ts, meta, url: 'u', shortUrl: 's' }] }]).items[0]?.shortUrl,
    ).toBe('s')
    expect(take([{ event: 'replied', data: [{ ts, meta, incomingMessage: 'Hi' }] }]).items[0]?.text).toBe(
      'Hi',
    )
    expect(take({ event: 'delivered', data: { ts, meta, description: 'x' } }).items).toHaveLength(1)
  })

  it('answers record by record where some lack what they need', () => {
    const good = { ts, meta, description: 'ok' }
    const { items, status, answer } = take([
      { event: 'delivered', data: [good, { ts, meta }, { ts, description: 'x' }] },
      { event: 'opened', data: [good] },
    ])
    expect(items.map(({ lacks }) => lacks)).toEqual([
      null,
      'description is missing.',
      'meta is missing.',
      'event is “opened”: write delivered, failed, clicked or replied.',
    ])
    expect(status).toBe(200)
    expect(answer).toMatchObject({
      status: 'partial',
      processed: 1,
      unprocessed: [
        {
          status: 'fail',
          code: 400,
          error: 'description is missing.',
          record: { event: 'delivered', data: [{ ts, meta }] },
        },
        { error: 'meta is missing.' },
        { error: expect.stringContaining('opened') as string },
      ],
    })
  })

  it.each<[string, object, string]>([
    ['failed', { ts, meta, description: 'x' }, 'code is missing.'],
    ['failed', { ts, meta, code: '900' }, 'description is missing.'],
    ['clicked', { ts, meta }, 'url is missing.'],
    ['replied', { ts, meta }, 'incomingText is missing.'],
    ['delivered', { meta, description: 'x' }, 'ts is missing.'],
    [
      'delivered',
      { ts: 1_700_000_000_000, meta, description: 'x' },
      'ts is “1700000000000”: write seconds since 1970, ten digits.',
    ],
    ['', { ts, meta }, 'event is missing: write delivered, failed, clicked or replied.'],
  ])('refuses %s of %j', (event, record, lacks) => {
    const { items, status, answer } = take([{ ...(event === '' ? {} : { event }), data: [record] }])
    expect(items[0]?.lacks).toBe(lacks)
    expect([status, answer]).toMatchObject([400, { status: 'fail', processed: 0 }])
  })

  it('is not seen in what is something else, which gets the usual answer', () => {
    for (const body of [{ id: '1', status: 'ok' }, [], { event: 'opened' }, { data: [1] }]) {
      const { read, status } = take(body)
      expect([read.format, status]).toEqual([null, 204])
    }
  })

  it('has words for every code from 900 to 920 but 911', () => {
    const codes = platformCodes.map(({ code }) => Number(code))
    expect(codes).toEqual([...Array(21).keys()].map((step) => 900 + step).filter((code) => code !== 911))
  })

  it('gives back no record that is longer than it takes to find it again', () => {
    const { answer } = take([{ event: 'delivered', data: [{ ts, meta, note: 'x'.repeat(3000) }] }])
    expect(answer).toEqual({
      status: 'fail',
      processed: 0,
      unprocessed: [{ status: 'fail', code: 400, error: 'description is missing.' }],
    })
  })
})
