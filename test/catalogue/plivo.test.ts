import { describe, expect, it } from 'vitest'
import { emptyChoice } from '#shared/catalogue/compile.ts'
import { vendorIssues } from '#shared/catalogue/check-fields.ts'
import { vendor, vendorOutcome, vendorRequest } from './vendor-request.ts'

const authId = 'MA0123456789ABCDEFGH'
const powerpackUuid = '01234567-89ab-cdef-0123-456789abcdef'
const secrets = { authToken: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNk' }
const json = (value: unknown) => JSON.stringify(value, null, 2)

describe('the request to Plivo', () => {
  it('posts JSON to the account, numbers in digits', () => {
    expect(vendorRequest('plivo', { fields: { authId, src: '15550001111' }, secrets })).toEqual({
      method: 'POST',
      url: `https://api.plivo.com/v1/Account/${authId}/Message/`,
      headers: {
        accept: 'application/json',
        authorization: `Basic ${btoa(`${authId}:${secrets.authToken}`)}`,
        'content-type': 'application/json',
        'user-agent': 'test',
      },
      body: json({ src: '15550001111', dst: '15550002222', text: 'Hi', type: 'sms' }),
    })
  })

  it('sends all that was chosen, through a Powerpack', () => {
    const { body } = vendorRequest('plivo', {
      fields: {
        authId,
        powerpackUuid,
        dltEntityId: '1101',
        dltTemplateId: '1107',
        dltTemplateCategory: 'service_implicit',
        messageExpiry: '3600',
        log: 'content_only',
        callbackUrl: 'https://example.com/r?a=1',
        callbackMethod: 'GET',
      },
      secrets,
      text: 'He said "hi" \\ €\n',
    })
    expect(body).toBe(
      json({
        powerpack_uuid: powerpackUuid,
        dst: '15550002222',
        text: 'He said "hi" \\ €\n',
        type: 'sms',
        url: 'https://example.com/r?a=1',
        method: 'GET',
        log: 'content_only',
        message_expiry: 3600,
        dlt_entity_id: '1101',
        dlt_template_id: '1107',
        dlt_template_category: 'service_implicit',
      }),
    )
  })

  it('takes a source or a Powerpack, one of the two', () => {
    const entry = vendor('plivo')
    const issues = (fields: Record<string, string>) =>
      vendorIssues(entry, { ...emptyChoice(entry), fields }, { typed: secrets, isSet: () => false })
    expect(issues({ authId, src: 'ACME' })).toEqual([])
    expect(issues({ authId, powerpackUuid })).toEqual([])
    expect(issues({ authId })).toHaveLength(2)
    expect(issues({ authId, src: 'ACME', powerpackUuid })).toHaveLength(2)
  })
})

const uuid = '5b40a428-bfc7-4daf-9d06-726c558bf3b8'
const refused = (error: string) => ({ api_id: uuid, error })

it.each([
  [
    202,
    { message: 'message(s) queued', message_uuid: [uuid], api_id: uuid },
    { class: 'accepted', id: uuid },
  ],
  [
    200,
    { message: 'message(s) queued', message_uuid: [uuid], api_id: uuid },
    { class: 'accepted', id: uuid },
  ],
  [400, refused('dst parameter is invalid'), { class: 'rejected', code: 'dst' }],
  [400, refused('src parameter is invalid'), { class: 'misconfigured', code: 'src' }],
  [400, refused('Insufficient Credit'), { class: 'misconfigured', code: 'Insufficient Credit' }],
  [400, refused('something new'), { class: 'misconfigured', code: '' }],
  [401, 'Could not verify your access level for that URL.', { class: 'misconfigured' }],
  [403, refused('not allowed'), { class: 'misconfigured' }],
  [429, refused('slow down'), { class: 'unavailable' }],
  [500, 'Internal Server Error', { class: 'unknown' }],
  [202, { message: 'message(s) queued', message_uuid: [], invalid_number: ['1'] }, { class: 'unknown' }],
])('reads a Plivo answer %i %j', (status, body, expected) => {
  const { class: found, code, id } = vendorOutcome('plivo', status, body)
  expect({ class: found, code: code ?? '', id }).toMatchObject(expected)
})
