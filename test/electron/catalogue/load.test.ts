import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { brokenFiles } from '../../../electron/catalogue/catalogue-plugin.ts'
import { openCatalogue } from '../../../electron/catalogue/load.ts'
import { readVendorFile } from '../../../electron/catalogue/read-vendor-file.ts'
import { shippedIds } from '../../../electron/catalogue/shipped.ts'
import { acme, vendorFiles } from '../../helpers/vendor.ts'
import { openTestWorkbench } from '../../helpers/workbench.ts'

const shipped = join(import.meta.dirname, '../../../resources/catalogue')
const cleanUp: (() => void)[] = []
afterEach(() => cleanUp.splice(0).forEach((clean) => clean()))

function loggingTo(lines: string[]) {
  const write = (message: string, details?: object) =>
    void lines.push(`${message} ${JSON.stringify(details)}`)
  return { debug: write, info: write, warn: write, error: write }
}

const issueOf = (changes: object) => readVendorFile('/catalogue/acme.json', { ...acme, ...changes }).issue

it('ships files that are whole, each named after its vendor', async () => {
  expect(brokenFiles(shipped)).toEqual([])
  const lines: string[] = []
  const vendors = await openCatalogue(loggingTo(lines)).all()
  expect(vendors.map(({ id }) => id).sort()).toEqual([...shippedIds])
  expect(vendors.length).toBeGreaterThanOrEqual(4)
  expect(lines).toEqual([])
})

it('tells the file and the path of what is broken', () => {
  const folder = mkdtempSync(join(tmpdir(), 'catalogue-'))
  cleanUp.push(() => rmSync(folder, { recursive: true }))
  const fields = acme.fields.map((field, index) => (index === 1 ? { ...field, label: '' } : field))
  writeFileSync(join(folder, 'acme.json'), JSON.stringify({ ...acme, fields, colour: 'red' }))
  writeFileSync(join(folder, 'cut.json'), '{"id": "cut"')
  writeFileSync(join(folder, 'other.json'), JSON.stringify(acme))
  const broken = brokenFiles(folder)
  expect(broken).toHaveLength(3)
  expect(broken[0]).toContain(`${join(folder, 'acme.json')}\n  colour: `)
  expect(broken[0]).toContain('fields.1.label: ')
  expect(broken[1]).toContain('cut.json\n  This is not JSON: ')
  expect(broken[2]).toContain('id: The file has to be named after it, acme.json.')
})

it('sees names that lead nowhere and values that could lead elsewhere', () => {
  const [json, form] = acme.apis
  const withEndpoint = (endpoint: string) => ({
    apis: [{ ...json, request: { ...json?.request, endpoint } }, form],
  })
  expect(issueOf({})).toBeNull()
  expect(issueOf({ rules: [{ kind: 'together', fields: ['sender', 'nobody'], words: 'x' }] })).toContain(
    'rules.0: There is no “nobody”.',
  )
  expect(issueOf(withEndpoint('https://acme.example/{{field:nobody}}'))).toContain('apis.0.request')
  expect(issueOf(withEndpoint('https://{{field:sender}}.example/'))).toContain(
    'apis.0.request.endpoint: “sender” stands in the host',
  )
  expect(issueOf(withEndpoint('https://acme.example/{{field:note}}'))).toContain('has to be required')
  expect(issueOf({ id: 'generic' })).toContain('taken')
  expect(issueOf({ surplus: 1 })).toContain('surplus')
})

const receipt = {
  name: 'Receipt',
  kind: 'receipt',
  method: 'POST',
  contentType: 'json',
  id: ['id'],
  status: ['state'],
  statuses: { gone: 'undelivered' },
}
const imitated = { format: 'Receipt', method: 'POST', contentType: 'json', template: { id: '{{id}}' } }

it.each<[string, object, string]>([
  ['signature.key', { signature: { kinds: ['twilio'], key: 'nobody', words: 'x' } }, 'There is no “nobody”.'],
  ['addressFields', { addressFields: ['nobody'] }, 'There is no “nobody”.'],
  ['formats', { formats: [receipt, receipt] }, '“Receipt” is there twice.'],
  ['formats.0.apis', { formats: [{ ...receipt, apis: ['soap'] }] }, 'There is no “soap”.'],
  ['formats.0', { formats: [{ ...receipt, status: [] }] }, 'A receipt needs a place for status.'],
  [
    'formats.0.statuses',
    { formats: [{ ...receipt, statuses: {} }] },
    'A receipt needs words for the states.',
  ],
  ['formats.0.id.0', { formats: [{ ...receipt, id: ['~id=(.*)'] }] }, 'Write a path, as in data.id'],
  ['formats.0.itemsAt', { formats: [{ ...receipt, itemsAt: 'a..b' }] }, '“..” is not supported'],
  ['imitated.0.format', { imitated: [{ ...imitated, format: 'Other' }] }, 'There is no “Other”.'],
  ['imitated.0.template', { imitated: [{ ...imitated, template: ['{{ids}}'] }] }, 'There is no “ids”.'],
  [
    'imitated.0.template',
    { imitated: [{ ...imitated, template: { $value: 'account.token' } }] },
    'There is no “token”.',
  ],
  [
    'imitated.0.words',
    { imitated: [{ ...imitated, words: { failed: 'gone' } }] },
    '“gone” is no word for failed.',
  ],
  ['imitated.0.errorCodes', { imitated: [{ ...imitated, errorCodes: { failed: '8' } }] }, 'There is no “8”.'],
])('sees what is wrong at %s of the callbacks', (path, changes, message) => {
  const callbacks = { configuredBy: 'x', formats: [receipt], answer: { status: 200 }, signature: null }
  expect(issueOf({ callbacks })).toBeNull()
  expect(issueOf({ callbacks: { ...callbacks, ...changes } })).toContain(`callbacks.${path}: ${message}`)
})

it('leaves a broken vendor out, says so in the log, and goes on with the others', async () => {
  const lines: string[] = []
  const files = {
    ...vendorFiles(acme),
    '/catalogue/bad.json': () => Promise.resolve({ id: 'bad' }),
    '/catalogue/gone.json': () => Promise.reject(new Error('no such chunk')),
  }
  const catalogue = openCatalogue(loggingTo(lines), files)
  expect(catalogue.ids).toEqual(['acme', 'bad', 'gone'])
  expect((await catalogue.all()).map(({ id }) => id)).toEqual(['acme'])
  expect(await catalogue.get('bad')).toBeNull()
  expect(lines).toHaveLength(2)
  const [gone = '', bad = ''] = lines.toSorted()
  expect(bad).toContain('is broken; its vendor is left out {"file":"/catalogue/bad.json","issue":"version: ')
  expect(gone).toContain('/catalogue/gone.json')
  const bench = await openTestWorkbench({ vendorFiles: files })
  expect((await bench.call('catalogue.list', undefined)).map(({ id }) => id)).toEqual(['acme'])
  expect(await bench.refusal('catalogue.get', { id: 'bad' })).toMatchObject({ code: 'not_found' })
  await bench.close()
})

it('reads a file when it is first asked for, and once', async () => {
  let reads = 0
  const read = () => Promise.resolve(acme).finally(() => (reads += 1))
  const bench = await openTestWorkbench({ vendorFiles: { '/catalogue/acme.json': read } })
  await bench.call('providers.list', undefined)
  expect(reads).toBe(0)
  const vendor = await bench.call('catalogue.get', { id: 'acme' })
  expect(vendor.apis[0]).not.toHaveProperty('simulated')
  await bench.call('catalogue.list', undefined)
  expect(reads).toBe(1)
  await bench.close()
})
