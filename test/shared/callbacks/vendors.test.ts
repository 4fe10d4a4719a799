import { describe, expect, it } from 'vitest'
import type { ReadItem } from '#shared/callbacks/callback.ts'
import { decodeCallback } from '#shared/callbacks/read/decode.ts'
import { callbackReading } from '#shared/callbacks/read/provider-formats.ts'
import { readCallback } from '#shared/callbacks/read/read-callback.ts'
import { vendorSchema } from '#shared/catalogue/entry.ts'

/** A request of a vendor, as its documentation shows the fields, with values of our own, and what it says. */
interface VendorExample {
  vendor: string
  name: string
  api?: string
  method?: string
  query?: string
  form?: Record<string, string>
  json?: unknown
  /** The body as it is, in place of `form` and `json`. */
  text?: string
  format: string
  /** Times in ISO 8601. */
  items: Record<string, unknown>[]
}

const files = import.meta.glob<unknown>('../../../resources/catalogue/*.json', {
  eager: true,
  import: 'default',
})
const vendors = Object.values(files).map((file) => vendorSchema.parse(file))
const fixtures = import.meta.glob<Omit<VendorExample, 'vendor'>[]>('../../fixtures/callbacks/*.json', {
  eager: true,
  import: 'default',
})
const vendorExamples: VendorExample[] = Object.entries(fixtures).flatMap(([path, list]) =>
  list.map((one) => ({ ...one, vendor: path.replace(/^.*\/|\.json$/g, '') })),
)

function read({ vendor, api = '', method = 'POST', query = '', form, json, text }: VendorExample) {
  const entry = vendors.find(({ id }) => id === vendor)
  if (!entry) throw new Error(`There is no ${vendor}.`)
  const { formats } = callbackReading(entry.callbacks, api || (entry.apis[0]?.id ?? ''), null)
  const body =
    text ?? (json === undefined ? new URLSearchParams(form ?? {}).toString() : JSON.stringify(json))
  const contentType = json === undefined ? 'application/x-www-form-urlencoded' : 'application/json'
  return readCallback(decodeCallback({ method, query, contentType, body }), formats)
}

/** What a record says, without what it does not. */
const said = ({ at, ...item }: ReadItem) =>
  Object.fromEntries(
    Object.entries({ ...item, at: at === null ? null : new Date(at).toISOString() }).filter(
      ([, value]) => value !== null && value !== false,
    ),
  )

describe.each(vendorExamples)('$vendor: $name', (example) => {
  it('reads', () => {
    const found = read(example)
    expect(found).toMatchObject({ format: example.format, trouble: null })
    expect(found.items.map(said)).toEqual(example.items)
  })
})

it('has an example of every format of every vendor', () => {
  const shown = new Set(vendorExamples.map(({ vendor, format }) => `${vendor}: ${format}`))
  const formats = vendors.flatMap(({ id, callbacks }) =>
    (callbacks?.formats ?? []).map(({ name }) => `${id}: ${name}`),
  )
  expect(formats.filter((format) => !shown.has(format))).toEqual([])
})

it('knows of no format where nothing is published, and takes the empty list that BulkSMS tries an address with', () => {
  expect(read({ vendor: 'nimbus', name: '', format: '', items: [], query: 'status=DELIVRD' })).toMatchObject({
    trouble: 'no_known_format',
    why: 'It holds status. How this provider’s callbacks read is not set yet.',
  })
  expect(read({ vendor: 'bulksms', name: '', format: '', items: [], json: [] }).trouble).toBe('empty')
  expect(read({ vendor: 'infobip', name: '', format: '', items: [], json: { results: [] } }).trouble).toBe(
    'empty',
  )
})

it('says what the nearest format misses', () => {
  expect(
    read({ vendor: 'plivo', name: '', format: '', items: [], form: { Status: 'sent', Foo: '1' } }).why,
  ).toBe(
    'It holds Status, Foo. The nearest format, “Delivery report”, wants MessageUUID || ParentMessageUUID.',
  )
})
