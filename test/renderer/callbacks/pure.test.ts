import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { itemEffects, type CallbackDetails } from '#shared/callbacks/callback.ts'
import { longestCallback } from '#shared/callbacks/callback-commands.ts'
import { callbackKinds } from '#shared/callbacks/format.ts'
import { curlOfRecorded } from '#shared/curl/write/write-recorded.ts'
import { columnsFor } from '../../../renderer/features/callbacks/callback-columns.ts'
import {
  askedOf,
  everyCallback,
  partsOf,
  queryWith,
  shownOf,
} from '../../../renderer/features/callbacks/callback-filter.ts'
import { craftedOf, recordedOf } from '../../../renderer/features/callbacks/detail/callback-request.ts'
import {
  effectCounts,
  kindsOf,
  resultOf,
  sayingOf,
  whyOf,
  nextOf,
} from '../../../renderer/features/callbacks/callback-words.ts'
import { draftOf, emptyDraft, requestOf } from '../../../renderer/features/callbacks/craft/craft-draft.ts'
import * as listenerDraft from '../../../renderer/features/callbacks/listener/listener-draft.ts'
import { firstPretend, pretendOf } from '../../../renderer/features/callbacks/craft/pretend-choices.ts'

const providerId = '019a0000-0000-7000-8000-000000000000'

describe('the filter of callbacks', () => {
  const shown = fc.record({
    search: fc.string({ maxLength: 200 }).map((text) => text.trim()),
    providerId: fc.option(fc.uuid()),
    kind: fc.option(fc.constantFrom(...callbackKinds)),
    result: fc.option(fc.constantFrom(...itemEffects, 'trouble' as const)),
  })

  it('comes back from the address as it was, and leaves the rest of the address alone', () => {
    fc.assert(
      fc.property(shown, (filter) => {
        expect(shownOf(partsOf(filter))).toEqual(filter)
        const query = queryWith({ part: 'curl', kind: 'gone' }, filter)
        expect(query['part']).toBe('curl')
        expect(shownOf(query as Record<string, string>)).toEqual(filter)
      }),
    )
  })

  it('leaves out what no filter has', () => {
    expect(shownOf({ provider: 'not an id', kind: 'letter', result: 'lost', q: '' })).toEqual(everyCallback)
  })

  it('asks for a number without the spaces that it is shown with, and for any other text as it is', () => {
    expect(askedOf({ ...everyCallback, search: ' +44 7700 900123 ' }).search).toBe('+447700900123')
    expect(askedOf({ ...everyCallback, search: '7700 900' }).search).toBe('7700 900')
    expect(askedOf({ ...everyCallback, result: 'trouble' })).toMatchObject({ troubled: true, effects: [] })
    expect(askedOf({ ...everyCallback, result: 'late' })).toMatchObject({
      troubled: false,
      effects: ['late'],
    })
  })
})

describe('what is said of a callback', () => {
  it('is its trouble before what its records did, and tells a missing signature from a wrong one', () => {
    const of = (more: object) =>
      resultOf({ trouble: null, effect: null, signature: 'unchecked', ...more }).word
    expect(of({})).toBe('Being read')
    expect(of({ effect: 'late' })).toBe('Late')
    expect(of({ effect: 'late', trouble: 'unreadable' })).toBe('Unreadable')
    expect(of({ trouble: 'signature_invalid', signature: 'invalid' })).toBe('Wrong signature')
    expect(of({ trouble: 'signature_invalid', signature: 'absent' })).toBe('No signature')
  })

  it('names kinds, states and records shortly', () => {
    expect(kindsOf({ kinds: [], count: 0 })).toBe('–')
    expect(kindsOf({ kinds: ['receipt', 'reply'], count: 2 })).toBe('Receipt, reply × 2')
    expect(sayingOf({ state: 'delivered', word: 'DELIVRD', text: null })).toBe('Delivered (DELIVRD)')
    expect(sayingOf({ state: 'delivered', word: 'delivered', text: null })).toBe('Delivered')
    expect(sayingOf({ state: null, word: 'ODD', text: null })).toBe('ODD')
    expect(effectCounts([{ effect: 'noted' }, { effect: 'refused' }, { effect: 'noted' }])).toBe(
      '2 noted, 1 refused',
    )
  })

  it('is why a record matches nothing: what is known of it before what is said of all', () => {
    expect(whyOf({ effect: 'unmatched', reason: 'no_such_id', why: null })).toMatch(/has this id/)
    expect(whyOf({ effect: 'unmatched', reason: 'other_provider', why: 'It is Acme’s.' })).toBe(
      'It is Acme’s.',
    )
    expect(whyOf({ effect: 'counted', reason: null, why: null })).toBeNull()
  })
})

const details = (request: Partial<CallbackDetails['request']>): CallbackDetails =>
  ({
    providerId,
    request: {
      method: 'POST',
      target: '/c/…?a=1',
      headers: [],
      body: 'x',
      bodyBytes: 1,
      remote: '',
      ...request,
    },
  }) as never

describe('a callback as a command', () => {
  it('goes to the local address, its key named until it is asked for, without what the connection adds', () => {
    const headers = [
      { name: 'Host', value: 'abc.example.net' },
      { name: 'Content-Type', value: 'text/plain' },
      { name: 'Content-Length', value: '1' },
    ]
    const of = (spelt: boolean) =>
      curlOfRecorded(recordedOf(details({ headers }), 'http://127.0.0.1:8025/c/the-key', spelt), 'sh')
    expect(of(false)).toMatchObject({ ok: true, masked: ['key of the address'] })
    expect(JSON.stringify(of(false))).not.toMatch(/the-key|abc\.example|Content-Length/)
    expect(of(true)).toMatchObject({ ok: true, masked: [] })
    expect(JSON.stringify(of(true))).toContain('http://127.0.0.1:8025/c/the-key?a=1')
  })

  it('is edited without its signature, which would not fit any more', () => {
    const headers = [
      { name: 'X-Twilio-Signature', value: 'abc' },
      { name: 'Authorization', value: 'Bearer abc' },
      { name: 'X-Other', value: 'kept' },
    ]
    expect(craftedOf(providerId, details({ headers }))).toEqual({
      providerId,
      method: 'POST',
      query: 'a=1',
      headers: [{ name: 'X-Other', value: 'kept' }],
      body: 'x',
    })
  })
})

describe('a callback written by hand', () => {
  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,20}$/).filter((one) => !/^content-type$/i.test(one))
  const line = fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/)
  const crafted = fc.record({
    providerId: fc.constant(providerId),
    method: fc.constant('POST' as const),
    query: fc.stringMatching(/^[a-z0-9=&]{0,20}$/),
    headers: fc
      .array(fc.record({ name, value: line }), { maxLength: 4 })
      .map((rest) => [{ name: 'Content-Type', value: 'text/plain' }, ...rest]),
    body: fc.string(),
  })

  it('is the same request when it comes out of its fields again', () => {
    fc.assert(
      fc.property(crafted, (request) => {
        expect(requestOf(draftOf(request))).toEqual({ ok: true, request })
      }),
    )
  })

  it('says at each field what is wrong', () => {
    const wrong = {
      ...emptyDraft(null),
      headers: 'A: b\nno colon',
      query: 'a\nb',
      body: 'é'.repeat(longestCallback),
    }
    const answer = requestOf(wrong)
    expect(answer.ok ? {} : Object.keys(answer.errors).toSorted()).toEqual([
      'body',
      'headers',
      'providerId',
      'query',
    ])
    expect(answer).toMatchObject({ errors: { headers: 'Write line 2 as a name, a colon and a value.' } })
  })

  it('carries no body with GET, whatever was typed', () => {
    expect(
      requestOf({ ...emptyDraft(providerId), method: 'GET', query: '?a=1', body: 'typed' }),
    ).toMatchObject({
      request: { query: 'a=1', body: '' },
    })
  })

  it('pretends only once nothing is missing', () => {
    const of = (more: object) => pretendOf({ ...firstPretend(), ...more })
    expect(of({ code: '21' })).toEqual({ kind: 'receipt', state: 'delivered', errorCode: '' })
    expect(of({ choice: 'failed', code: ' 21 ' })).toEqual({
      kind: 'receipt',
      state: 'undelivered',
      errorCode: '21',
    })
    expect(of({ choice: 'replied', text: ' ' })).toBeNull()
    expect(of({ choice: 'clicked', url: '' })).toBeNull()
  })
})

describe('the listener’s settings as they are typed', () => {
  const settings = { port: 8025, publicUrl: '', allInterfaces: false, refuseInvalidSignatures: true }
  it('are the same again, and name the field that is wrong', () => {
    const draft = listenerDraft.draftOf(settings)
    expect(listenerDraft.settingsOf(draft)).toEqual({ ok: true, settings })
    for (const port of ['', '80', '70000', '80.5', 'x', '1e4', '-1', '99999999'])
      expect(listenerDraft.settingsOf({ ...draft, port })).toMatchObject({
        errors: { port: 'Enter a port from 1024 to 65535.' },
      })
    expect(listenerDraft.settingsOf({ ...draft, publicUrl: 'abc' })).toMatchObject({
      errors: { publicUrl: expect.stringMatching(/^Start with https/) as string },
    })
    expect(listenerDraft.isSameDraft(draft, { ...draft, publicUrl: ' ' })).toBe(true)
    expect(listenerDraft.isSameDraft(draft, { ...draft, allInterfaces: true })).toBe(false)
  })
})

it('what to do about a record goes by what it did, and not by its state alone', () => {
  const usual = 'There is nothing to do.'
  expect(nextOf({ effect: 'counted', state: 'delivered' }, usual)).toBe(usual)
  expect(nextOf({ effect: 'refused', state: 'delivered' }, usual)).toBe(
    'Have it sent again with what it lacks.',
  )
  for (const effect of ['unmatched', 'waiting', 'conflict'] as const)
    expect(nextOf({ effect, state: 'delivered' }, usual)).toBe('')
  expect(nextOf({ effect: 'unmatched', state: 'failed' }, 'Look at the provider.')).toBe(
    'Look at the provider.',
  )
})

it('columns give way where room is short, and leave some for what is said', () => {
  for (const room of [440, 600, 824, 960, 1060, 1104]) {
    const fixed = columnsFor(room).reduce((sum, { width }) => sum + (width ? Number.parseInt(width) : 0), 0)
    expect(columnsFor(room).filter(({ width }) => !width)).toHaveLength(1)
    expect(room - fixed).toBeGreaterThan(90)
  }
})
