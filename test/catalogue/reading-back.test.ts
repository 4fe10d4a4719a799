import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vendorSchema } from '#shared/catalogue/entry.ts'
import { matchPath } from '../../electron/simulator/vendor/paths.ts'
import { startImitated, type ImitatedServer } from '../helpers/imitated-vendor.ts'
import { typedFields } from '../helpers/vendor-fields.ts'
import { vendorRequest } from './vendor-request.ts'

const files = import.meta.glob<unknown>('../../resources/catalogue/*.json', {
  eager: true,
  import: 'default',
})
const vendors = Object.values(files).map((file) => vendorSchema.parse(file))
const readable = vendors.flatMap((vendor) =>
  vendor.apis.flatMap((api) =>
    api.simulated.reads.length > 0 ? [[`${vendor.name}, ${api.label}`, vendor, api] as const] : [],
  ),
)

let desk: ImitatedServer
beforeAll(async () => {
  desk = await startImitated(vendors)
})
afterAll(() => desk.close())

describe.each(readable)('%s', (_name, vendor, api) => {
  it('reads a message back, and whatever else it offers, for who has the credentials', async () => {
    const sent = vendorRequest(vendor.id, { api: api.id, ...typedFields(vendor, api.id, 'fewest') })
    const { 'content-length': _length, ...headers } = sent.headers
    const { pathname, search } = new URL(sent.url)
    const answer = await desk.ask(`/${vendor.id}${pathname}${search}`, {
      method: sent.method,
      headers,
      ...(sent.body === '' ? {} : { body: sent.body }),
    })
    expect(desk.received.at(-1)).toMatchObject({ vendor: vendor.id, accepted: true })
    const { prefix } = api.simulated.id
    const written = answer.text.match(/[0-9A-Za-z_-]{6,}/g)?.filter((text) => text.startsWith(prefix)) ?? []
    const ids = [...new Set(written)]
    const parts = api.simulated.paths.map((path) => matchPath(path, pathname)).find((found) => found !== null)
    // Where the credentials are fields of a form, reading wants them in the query string.
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false
    const query = search === '' && isForm ? `?${sent.body}` : search
    for (const read of api.simulated.reads) {
      const fill = (id: string) =>
        read.path.replace(/:([A-Za-z][A-Za-z0-9]*)/g, (_all, name: string) =>
          name === 'id' ? id : (parts?.[name] ?? ''),
        )
      const ask = (id: string, withKey = true) =>
        desk.ask(`/${vendor.id}${fill(id)}${withKey ? query : ''}`, {
          method: 'GET',
          headers: withKey ? headers : {},
        })
      const answers = await Promise.all((read.path.includes(':id') ? ids : ['']).map((id) => ask(id)))
      const whole = answers.filter(({ status }) => status === read.answer.status)
      expect({ path: read.path, answers: whole.length }).toEqual({ path: read.path, answers: 1 })
      expect(whole[0]?.text).not.toMatch(/\{\{|\$(?:value|messages|recipients)/)
      if (read.path.includes(':id'))
        expect((await ask('unknown0000')).status).toBe(read.notFound?.status ?? 404)
      if (read.checks.length > 0) expect((await ask(ids[0] ?? '', false)).status).not.toBe(read.answer.status)
    }
  })
})
