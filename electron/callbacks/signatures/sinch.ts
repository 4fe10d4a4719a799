import { randomUUID } from 'node:crypto'
import { hmac, verdictOf, type SignatureWay } from './way.ts'

const header = 'x-sinch-webhook-signature'

/** HMAC-SHA256 over the raw body, a nonce and the time, with points between. */
export const sinch: SignatureWay = {
  verify({ headers, body }, key) {
    const given = headers[header]?.trim() ?? ''
    if (given === '') return 'absent'
    const nonce = headers[`${header}-nonce`] ?? ''
    const time = headers[`${header}-timestamp`] ?? ''
    return verdictOf(given, [signatureOf(body, nonce, time, key)])
  },

  sign(request, key, now) {
    const nonce = randomUUID()
    const time = `${Math.floor(now / 1000)}`
    return {
      ...request,
      headers: {
        ...request.headers,
        [header]: signatureOf(request.body, nonce, time, key),
        [`${header}-nonce`]: nonce,
        [`${header}-timestamp`]: time,
        [`${header}-algorithm`]: 'HmacSHA256',
      },
    }
  },
}

const signatureOf = (body: Buffer, nonce: string, time: string, key: string) =>
  hmac('sha256', key, body, `.${nonce}.${time}`).toString('base64')
