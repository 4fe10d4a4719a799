import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCallbackScene, type CallbackScene } from '../../helpers/callbacks.ts'

let scene: CallbackScene
beforeEach(async () => {
  scene = await openCallbackScene()
})
afterEach(() => scene.close())

const all = {
  providerId: null,
  kind: null,
  effects: [],
  troubled: false,
  search: '',
  cursor: null,
  limit: 500,
}

describe('a signed callback', () => {
  it('of a forger is kept, refused and not counted, unless one wishes otherwise', async () => {
    const id = crypto.randomUUID()
    const draft = {
      id,
      name: 'Signed',
      kind: 'twilio',
      settings: scene.provider.settings,
      secrets: { authToken: 'a'.repeat(32) },
      vendor: {
        api: '',
        fields: {
          accountSid: `AC${'0'.repeat(32)}`,
          from: '+14155550100',
        },
        simulated: true,
      },
    }
    await scene.call('providers.save', draft as never)
    const { local } = await scene.call('callbacks.address', { providerId: id })
    const body = 'MessageSid=SM1&MessageStatus=delivered'
    const post = (headers: Record<string, string>) =>
      fetch(local, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      }).then(({ status }) => status)
    expect(await post({ 'x-twilio-signature': 'AAAA' })).toBe(403)
    expect(await post({})).toBe(403)
    const { signRequest } = await import('../../../electron/callbacks/signatures/verify.ts')
    const signed = signRequest(
      'twilio',
      'a'.repeat(32),
      {
        method: 'POST',
        url: local,
        body: Buffer.from(body),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
      Date.now(),
    )
    expect(await post(signed.headers as Record<string, string>)).toBeLessThan(300)
    const { callbacks } = await scene.call('callbacks.list', { ...all, providerId: id })
    expect(callbacks.map(({ signature }) => signature)).toEqual(['valid', 'absent', 'invalid'])
    expect(callbacks.map(({ trouble }) => trouble)).toEqual([null, 'signature_invalid', 'signature_invalid'])
    const [valid, absent] = callbacks.map((one) => one.id)
    // The old address is no longer what was signed.
    await scene.call('callbacks.renewAddress', { providerId: id })
    const again = await scene.call('callbacks.replay', { ids: [valid ?? '', absent ?? ''] })
    expect(again.map(({ status, signature }) => [status < 300, signature])).toEqual([
      [true, 'valid'],
      [false, 'absent'],
    ])
    const form = [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded' }]
    const craft = (headers: typeof form) =>
      scene.call('callbacks.craft', { providerId: id, method: 'POST', query: '', headers, body })
    expect(await craft(form)).toMatchObject({ signature: 'absent', trouble: null })
    expect(await craft([...form, { name: 'X-Twilio-Signature', value: 'AAAA' }])).toMatchObject({
      trouble: 'signature_invalid',
    })
    const { settings } = await scene.call('listener.status', undefined)
    await scene.call('listener.configure', { ...settings, refuseInvalidSignatures: false })
    const { local: renewed } = await scene.call('callbacks.address', { providerId: id })
    const addresses = await scene.call('callbacks.addresses', undefined)
    expect(addresses.map(({ providerId, local: at }) => [providerId, at])).toContainEqual([id, renewed])
    expect(
      (await fetch(renewed, { method: 'POST', body, headers: { 'x-twilio-signature': 'AAAA' } })).ok,
    ).toBe(true)
  })
})
