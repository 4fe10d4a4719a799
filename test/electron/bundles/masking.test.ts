import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { Bundle } from '#shared/bundle/format.ts'
import { readPhone } from '#shared/phone.ts'
import { segment } from '#shared/segments.ts'
import { maskText } from '../../../electron/bundles/mask-text.ts'
import { exported, gist, openTwoWorkspaces, replayed, type TwoWorkspaces } from '../../helpers/bundles.ts'
import { testMapping } from '../../helpers/callbacks.ts'
import { providerInput } from '../../helpers/messages.ts'
import { newId } from '../../helpers/new-id.ts'
import { reply } from '../../helpers/raw-server.ts'

let two: TwoWorkspaces
beforeEach(async () => {
  two = await openTwoWorkspaces()
})
afterEach(() => two.close())

const sealed = 'cnry-sealed&"<é-1f9a'
const basic = 'cnry-basic-7b21'
const typed = 'cnry-typed-in-clear-52'
const proxied = 'cnry-of-another-provider-9'
const formsOf = (value: string) => [
  value,
  encodeURIComponent(value),
  new URLSearchParams({ v: value }).toString().slice(2),
  JSON.stringify(value).slice(1, -1),
  Buffer.from(value).toString('hex'),
  Buffer.from(value).toString('base64').replace(/=+$/, ''),
  Buffer.from(`user:${value}`).toString('base64'),
]

const insideBase64 = (value: string) => Buffer.from(`user:${value}`).toString('base64').slice(8, -4)

/** A provider with secrets in every place, whose server gives all of them back. */
async function withSecrets() {
  const { here } = two
  const { server } = here
  const provider = providerInput(
    {
      endpoint: `http://127.0.0.1:${server.port}/send?api_key=${typed}&x={{secret:sealed}}`,
      auth: { kind: 'basic', username: 'user', password: '{{secret:basic}}' },
      headers: [
        { name: 'X-Api-Key', value: typed, enabled: true },
        { name: 'X-Sealed', value: '{{secret:sealed}}', enabled: true },
      ],
      reading: { messageId: 'id', errorCode: '', errorText: '' },
      callbacks: testMapping,
    },
    { name: 'With secrets', secrets: { sealed, basic } },
  )
  await here.call('providers.save', provider)
  await here.call(
    'providers.save',
    providerInput({ auth: { kind: 'bearer', token: '{{secret:t}}' } }, { secrets: { t: proxied } }),
  )
  const { local } = await here.call('callbacks.address', { providerId: provider.id })
  const all = [sealed, basic, typed, proxied, local]
  here.answers.push(
    reply('200 OK', JSON.stringify({ id: 'v-1', echo: all, also: all.map(formsOf) }), [
      `set-cookie: session=${typed}`,
      `x-echo: ${encodeURIComponent(sealed)}`,
    ]),
  )
  const sent = await here.send({ provider: { kind: 'saved', id: provider.id }, text: `Hello ${basic}` })
  await here.post({ id: 'v-1', status: 'DELIVRD', seen: all, key: local }, `${local}?token=cnry-of-theirs-11`)
  return { sent, key: local.split('/').at(-1) ?? '' }
}

const everything = [
  { form: 'bundle' as const },
  { form: 'har' as const },
  { form: 'bundle' as const, numbers: true, text: true },
  { form: 'har' as const, numbers: true, text: true },
]

describe('what leaves with a bundle', () => {
  it('is no secret, wherever one stood', async () => {
    const { sent, key } = await withSecrets()
    for (const choice of everything) {
      const { text, removed } = await exported(two.here, sent.id, choice)
      expect(removed).toBeGreaterThan(0)
      for (const value of [sealed, basic, typed, proxied, key, 'cnry-of-theirs-11'])
        for (const form of [...formsOf(value), insideBase64(value)])
          expect(text.includes(form), `${form} in ${choice.form}`).toBe(false)
      expect(text).not.toContain('cnry')
    }
  })

  it('is no secret, whatever it is made of', async () => {
    const { here } = two
    const secret = fc.string({ unit: 'grapheme', minLength: 12, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(secret, async (value) => {
        const provider = providerInput(
          {
            endpoint: `http://127.0.0.1:${here.server.port}/send`,
            parameters: {
              kind: 'raw',
              contentType: 'application/json',
              text: '{"to":"$$To","k":"{{secret:k}}"}',
            },
          },
          { secrets: { k: value } },
        )
        await here.call('providers.save', provider)
        here.answers.push(
          reply('200 OK', JSON.stringify({ id: newId(), echo: [value, JSON.stringify({ value })] })),
        )
        const sent = await here.send({ provider: { kind: 'saved', id: provider.id }, text: `Hello ${value}` })
        for (const form of ['bundle', 'har'] as const) {
          const { text } = await exported(here, sent.id, { form })
          for (const written of formsOf(value)) expect(text).not.toContain(written)
        }
      }),
      { numRuns: 25 },
    )
  })

  it('comes out the same without its secrets', async () => {
    const { sent } = await withSecrets()
    const { text, secrets } = await exported(two.here, sent.id)
    expect(secrets).toEqual(['basic', 'sealed'])
    const { recorded, replay } = await replayed(two.there, text)
    expect(gist(replay)).toEqual(gist(recorded))
    expect(replay.state).toBe('delivered')
  })

  it('has other numbers of the same country and length, the same ones everywhere', async () => {
    const { here, there } = two
    here.answers.push(reply('200 OK', '{"id":"v-1","to":14155550123,"shown":"+1 (415) 555-0123"}'))
    const sent = await here.send({ text: 'Call +44 7700 900123 or 00447700900123' })
    await here.post({ id: 'v-1', to: '4155550123', status: 'DELIVRD' })
    await here.post({ msisdn: '+447700900123', message: 'I am not that one', id: 'v-1' })
    await here.post({ msisdn: '14155550123', message: 'Yes' })
    const { text, numbers } = await exported(here, sent.id, { numbers: true })
    expect(numbers).toBeGreaterThan(0)
    expect(text).not.toMatch(/415[^0-9]{0,3}555[^0-9]{0,3}0123/)
    const bundle = JSON.parse(text) as Bundle
    const { to } = bundle.message
    expect(to).toMatch(/^\+1\d{10}$/)
    expect(readPhone(to, null)).toMatchObject({ ok: true, number: { country: 'US' } })
    expect(bundle.attempts[0]?.response?.body).toContain(`"to":${to.slice(1)}`)
    const { recorded, replay } = await replayed(there, text)
    expect(gist(replay)).toEqual(gist(recorded))
    expect(replay.callbacks.map(({ kind }) => kind)).toEqual(['receipt', 'reply'])
  })

  it('has another text of the same length, wherever the text stood', async () => {
    const { here, there } = two
    const words = 'Your code, Zoë & <Ana>: 4711'
    here.answers.push(reply('200 OK', JSON.stringify({ id: 'v-1', text: `Trial - ${words}` })))
    const sent = await here.send({ text: words })
    await here.post({ msisdn: '14155550123', message: 'Thanks a lot' })
    const { text } = await exported(here, sent.id, { text: true })
    for (const part of ['4711', 'Zo', 'Ana', 'Your', 'Thanks']) expect(text).not.toContain(part)
    const { recorded, replay } = await replayed(there, text)
    expect(gist(replay)).toEqual(gist(recorded))
    expect(recorded.text).toHaveLength(words.length)
    expect(recorded.segments).toBe(sent.segments)
  })

  it('is whole though texts and names are words of the format, or hold what cannot be shown', async () => {
    const { here, there } = two
    const { provider } = await here.addProvider({ name: 'accepted \u200f\u202edelivered' })
    for (const text of [
      'accepted',
      'delivered',
      'generic',
      'receipt',
      'sms-workbench-bundle',
      'request',
      'body',
    ]) {
      const sent = await here.send({ provider: { kind: 'saved', id: provider.id }, text })
      await here.post(
        { reference: sent.id, status: 'DELIVRD' },
        (await here.call('callbacks.address', { providerId: provider.id })).local,
      )
      const { text: file } = await exported(here, sent.id, { text: true, numbers: true })
      const { recorded, replay } = await replayed(there, file)
      expect(gist(replay)).toEqual(gist(recorded))
      expect(recorded.providerName).not.toContain('\u202e')
    }
  })

  it('says nothing of the writer of a text but its length and encoding', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (text) => {
        const [before, after] = [segment(text), segment(maskText(text))]
        expect(after).toMatchObject({
          encoding: before.encoding,
          segments: before.segments,
          units: before.units,
        })
        expect(maskText(text)).not.toMatch(/[a-wyzA-WYZ1-9]/)
      }),
    )
  })
})
