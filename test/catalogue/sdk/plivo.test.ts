import plivo from 'plivo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

const authId = 'MA0123456789ABCDEFGH'
const authToken = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNk'
const src = '15550001111'
const dst = '14155550123'

let test: TestWorkbench
let address: string
beforeAll(async () => {
  test = await openTestWorkbench()
  address = `${(await test.call('simulator.start', undefined)).address}/plivo`
})
afterAll(() => test.close())

const client = (token = authToken) =>
  new plivo.Client(authId, token, { url: `${address}/v1/Account/${authId}` })

/** As the SDK is compiled, all of its classes of errors end up as plain ones: their status tells them apart. */
const failure = (sending: Promise<unknown>) =>
  sending.then(
    () => null,
    (error: unknown) => error,
  )

describe('Plivo’s own SDK', () => {
  it('sends a message and reads it back', async () => {
    const sent = await client().messages.create(src, dst, 'Hello €')
    expect(sent.message).toBe('message(s) queued')
    const [uuid = ''] = sent.messageUuid as unknown as string[]
    expect(uuid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    const fetched = await client().messages.get(uuid)
    expect(fetched).toMatchObject({
      messageUuid: uuid,
      fromNumber: src,
      toNumber: dst,
      messageDirection: 'outbound',
      messageState: 'queued',
      messageType: 'sms',
      units: 1,
    })
  })

  it('lists what was sent, the newest first', async () => {
    const first = await client().messages.create(src, dst, 'One')
    const second = await client().messages.create(src, '14155550124', 'Two')
    const listed = (await client().messages.list({})) as unknown as { messageUuid: string }[]
    expect(listed.slice(0, 2).map(({ messageUuid }) => [messageUuid])).toEqual([
      second.messageUuid,
      first.messageUuid,
    ])
  })

  it('reads its account', async () => {
    expect(await client().accounts.get()).toMatchObject({
      accountType: 'standard',
      cashCredits: '100.00000',
      resourceUri: `/v1/Account/${authId}/`,
    })
  })

  it.each([
    ['bad credentials', dst, 'Hi', 'wrong token', 401, /Could not verify your access level/],
    ['a bad number', '12', 'Hi', authToken, 400, /^dst parameter is invalid$/],
    ['its own bad number', '15005550001', 'Hi', authToken, 400, /^dst parameter is invalid$/],
    ['no credit', '15005550003', 'Hi', authToken, 400, /^Insufficient Credit$/],
    ['a text that is too long', dst, 'x'.repeat(1601), authToken, 400, /^text /],
    ['a failure of the vendor’s', '15005550008', 'Hi', authToken, 500, /./],
  ])('is told of %s', async (_name, number, text, token, status, message) => {
    const found = await failure(client(token).messages.create(src, number, text))
    expect(found).toBeInstanceOf(Error)
    expect(found).toMatchObject({ status, message: expect.stringMatching(message) as string })
  })

  it('refuses an account that is not the one that signs in', async () => {
    const other = new plivo.Client(authId, authToken, { url: `${address}/v1/Account/MA00000000000000000X` })
    expect(await failure(other.messages.create(src, dst, 'Hi'))).toMatchObject({ status: 401 })
  })

  it('finds no message that was not sent', async () => {
    const found = await failure(client().messages.get('00000000-0000-0000-0000-000000000000'))
    expect(found).toMatchObject({ status: 404, message: 'not found' })
  })
})
