import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ProviderSettings } from '#shared/settings.ts'
import { UnrenderableError } from '../../../../electron/sending/render/escape.ts'
import { revealText } from '../../../../electron/sending/render/masked-text.ts'
import { renderBatch } from '../../../../electron/sending/render/render-batch.ts'
import { renderRequest } from '../../../../electron/sending/render/render.ts'
import { awkwardText, inUtf8 } from '../../../helpers/awkward-text.ts'
import { headerRows, settingsWith } from '../../../helpers/settings.ts'

const template = `{
  "key": "{{secret:key}}", "from": "$$From",
  "messages": [
    { "to": "$$To", "text": "$$Body", "ttl": $$ttl }
  ],
  "tail" : [ ]
}`
const settings = settingsWith({
  parameters: { kind: 'raw', contentType: 'application/json', text: template },
  batch: { array: 'messages', size: 3 },
})
const context = { secretValue: () => 's"1', userAgent: 'test' }
const message = (To: string, Body: string, more = {}) => ({ To, Body, From: 'ACME', ttl: '60', ...more })

const batchOf = (changes: Partial<ProviderSettings>, messages: Record<string, string>[]) =>
  renderBatch({ ...settings, ...changes }, context, messages)

it('repeats the record for each message and leaves the rest as it is written', () => {
  const rendered = batchOf({}, [
    message('+1', 'a "b"'),
    message('+2', '$$To', { ttl: 'x' }),
    message('+3', ''),
  ])
  expect(rendered.body).toBe(`{
  "key": "s\\"1", "from": "ACME",
  "messages": [
    { "to": "+1", "text": "a \\"b\\"", "ttl": 60 },
    { "to": "+2", "text": "$$To", "ttl": "x" },
    { "to": "+3", "text": "", "ttl": 60 }
  ],
  "tail" : [ ]
}`)
  expect(JSON.stringify(rendered.recorded)).not.toContain('s\\\\\\"1')
  expect(revealText(rendered.recorded.body, context.secretValue)).toBe(rendered.body)
  const length = rendered.recorded.headers.find(({ name }) => name === 'content-length')
  expect(length?.value).toEqual([String(Buffer.byteLength(rendered.body))])
})

it('makes of one message what a request of its own is', () => {
  const values = message('+1', 'x')
  expect(batchOf({}, [values])).toEqual(renderRequest(settings, { ...context, values }))
})

it('brings every text back unchanged', () => {
  fc.assert(
    fc.property(fc.array(awkwardText, { minLength: 1, maxLength: 3 }), (texts) => {
      const { body } = batchOf(
        {},
        texts.map((text, index) => message(`+${index}`, text)),
      )
      const { messages } = JSON.parse(body) as { messages: unknown[] }
      expect(messages).toEqual(texts.map((text, index) => ({ to: `+${index}`, text: inUtf8(text), ttl: 60 })))
    }),
  )
})

it('refuses what is shared and differs, wherever it stands', () => {
  const messages = [message('+1', 'x', { zone: 'a' }), message('+2', 'y', { zone: 'b' })]
  const zoned = template.replace('From', 'zone')
  const shared = [
    { endpoint: 'http://127.0.0.1:9/$$zone' },
    { headers: headerRows({ 'X-Zone': '$$zone' }) },
    { auth: { kind: 'basic', username: '$$zone', password: '' } } as const,
    { parameters: { kind: 'raw', contentType: 'application/json', text: zoned } } as const,
  ]
  for (const changes of shared) {
    expect(() => batchOf(changes, messages)).toThrow(UnrenderableError)
    expect(() => batchOf(changes, messages)).toThrow(/differ in \$\$zone/)
    const [first] = messages
    expect(batchOf(changes, [first!, { ...first!, To: '+2' }]).body).toContain('+2')
  }
})

it('takes no more messages than its size, and none without batches', () => {
  expect(() =>
    batchOf(
      {},
      Array.from({ length: 4 }, () => message('+1', 'x')),
    ),
  ).toThrow(/cannot hold 4/)
  expect(() => batchOf({ batch: null }, [message('+1', 'x')])).toThrow(/cannot hold/)
  expect(() => batchOf({}, [])).toThrow(/cannot hold 0/)
})
