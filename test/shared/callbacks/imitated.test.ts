import { describe, expect, it } from 'vitest'
import { receiptStates, type ReceiptState } from '#shared/callbacks/format.ts'
import { imitateCallback, type Imitation } from '#shared/callbacks/imitate.ts'
import { decodeCallback } from '#shared/callbacks/read/decode.ts'
import { callbackReading } from '#shared/callbacks/read/provider-formats.ts'
import { readCallback } from '#shared/callbacks/read/read-callback.ts'
import { vendorSchema } from '#shared/catalogue/entry.ts'

const files = import.meta.glob<unknown>('../../../resources/catalogue/*.json', {
  eager: true,
  import: 'default',
})
const cases = Object.values(files)
  .map((file) => vendorSchema.parse(file))
  .flatMap(({ id, apis, callbacks }) =>
    (callbacks?.imitated ?? []).map((imitated) => ({
      name: `${id}: ${imitated.format}`,
      imitated,
      callbacks,
      api: imitated.apis?.[0] ?? apis[0]?.id ?? '',
    })),
  )

const imitation: Imitation = {
  id: 'id-1',
  reference: 'reference-1',
  to: '+919876543210',
  from: '+14155550100',
  state: null,
  errorCode: '',
  errorText: 'Said "so"',
  text: 'Hello',
  url: 'https://a.example/long?a=1&b=2',
  shortUrl: 'https://s.example/1',
  uuid: 'uuid-1',
  at: Date.UTC(2026, 0, 2, 3, 4, 5),
  account: {},
}

describe.each(cases)('what the simulator posts as $name', ({ imitated, callbacks, api }) => {
  const { formats } = callbackReading(callbacks, api, null)
  const format = formats.find(({ name }) => name === imitated.format)

  const read = (state: ReceiptState | null) => {
    if (!format) throw new Error(`There is no ${imitated.format}.`)
    const request = imitateCallback(imitated, format, { ...imitation, state })
    return readCallback(decodeCallback(request), formats)
  }

  it('reads by that format, with all that a record of its kind needs', () => {
    const { format: found, items } = read(format?.kind === 'receipt' ? 'delivered' : null)
    expect([found, items.length]).toEqual([imitated.format, 1])
    const [item] = items
    const isFound = item?.vendorId === 'id-1' || item?.reference === 'reference-1'
    if (item?.kind === 'receipt') expect(isFound).toBe(true)
    if (item?.kind === 'click') expect([isFound, item.url]).toEqual([true, imitation.url])
    if (item?.kind === 'reply') expect([item.from, item.text]).toEqual([imitation.from, 'Hello'])
    if (item?.kind === 'optOut') expect(item.from).toBe(imitation.from)
    if (item?.at !== null && item !== undefined) expect(item.at).toBe(imitation.at)
  })

  it('says each state that it has a word for, and the code of a bad end', () => {
    const states = receiptStates.filter((state) => Object.values(format?.statuses ?? {}).includes(state))
    for (const state of states) {
      const [item] = read(state).items
      expect(item?.state).toBe(state)
      const code = imitated.errorCodes[state]
      if (code !== undefined) expect(item?.errorCode).toBe(code)
    }
  })
})
