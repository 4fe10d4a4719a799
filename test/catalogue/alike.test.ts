import { describe, expect, it } from 'vitest'
import { vendorSchema, type Vendor } from '#shared/catalogue/entry.ts'

const files = import.meta.glob<unknown>('../../resources/catalogue/*.json', {
  eager: true,
  import: 'default',
})
const vendors = Object.values(files).map((file) => vendorSchema.parse(file))
const named = vendors.map((vendor) => [vendor.name, vendor] as const)

const noCallbacks = { configuredBy: '', repeats: '', notes: '', signature: null }

/** All that people read in an entry; the answers of the imitation are the vendor's own words. */
function wordsOf(vendor: Vendor): string[] {
  const { callbacks, codes, uncertain, fields, rules, apis } = vendor
  return [
    vendor.needs,
    vendor.rateNote,
    ...uncertain,
    ...fields.flatMap(({ label, help, shape, choices }) => [
      label,
      help,
      shape ?? '',
      ...(choices ?? []).map((one) => one.label),
    ]),
    ...rules.map(({ words }) => words),
    ...apis.flatMap(({ label, help, simulated }) => [
      label,
      help ?? '',
      ...simulated.checks.map(({ words }) => words),
      ...Object.values(simulated.answers).map(({ words }) => words),
    ]),
    ...[...codes, ...(callbacks?.formats ?? []).flatMap((format) => format.codes)].flatMap(
      ({ cause, next }) => [cause ?? '', next ?? ''],
    ),
    ...(callbacks ? [callbacks.configuredBy, callbacks.repeats, callbacks.notes] : []),
    callbacks?.signature?.words ?? '',
  ]
}

describe.each(named)('%s', (_name, vendor) => {
  it('is written with the same marks as the rest, without we and exclamation marks', () => {
    expect(wordsOf(vendor).filter((words) => /\w'\w|\w' |!|\b(?:[Ww]e|[Oo]ur)\b| {2}/.test(words))).toEqual(
      [],
    )
  })

  it('ends what is a sentence with a full stop, and says in a few words what is needed', () => {
    const { configuredBy, repeats, notes, signature } = vendor.callbacks ?? noCallbacks
    const sentences = [
      ...vendor.uncertain,
      ...vendor.fields.map(({ help }) => help),
      ...vendor.codes.flatMap(({ cause, next }) => [cause ?? '', next ?? '']),
      ...[configuredBy, repeats, notes, signature?.words ?? ''].filter((words) => words !== ''),
    ]
    expect(sentences.filter((words) => !/[.…]$/.test(words))).toEqual([])
    expect(vendor.needs.length).toBeLessThanOrEqual(66)
    expect(vendor.needs).not.toMatch(/^(?:An?|The) |\.$/)
  })

  it('gives an example that its own form takes', () => {
    const wrong = vendor.fields.filter(
      ({ pattern, example }) => pattern && example !== '' && !new RegExp(pattern).test(example),
    )
    expect(wrong.map(({ key, example }) => [key, example])).toEqual([])
  })

  it('asks for DLT IDs and the address for receipts as the others do', () => {
    const of = (label: string) => vendor.fields.filter((field) => field.label === label)
    for (const field of [...of('DLT entity ID'), ...of('DLT template ID')]) {
      expect(field).toMatchObject({ section: 'india', pattern: '^[0-9]{10,25}$', shape: '10 to 25 digits' })
    }
    for (const field of of('DLT template ID')) expect(field.placeholders).toBe(true)
    for (const { pattern = '', placeholders, shape } of of('Delivery receipts to')) {
      expect(shape).toMatch(/^an address that begins with https:\/\/ or http:\/\//)
      expect(placeholders).toBe(true)
      const takes = (address: string) => new RegExp(pattern).test(address)
      expect(['https://a.example/r?x=1&y=2', 'http://127.0.0.1:8025/in/k'].every(takes)).toBe(true)
      expect(['a.example/r', 'https:///r', 'https://a.example/"', 'ftp://a.example'].some(takes)).toBe(false)
    }
  })

  it('says what its callbacks carry and where each of several stands', () => {
    const formats = vendor.callbacks?.formats ?? []
    for (const { itemsAt } of formats) expect(itemsAt).toMatch(/^$|\[\*\]$/)
    expect(formats.length > 0 || vendor.callbacks?.mappable).toBe(true)
  })
})

it('has initials for each vendor that no other has', () => {
  const initials = vendors.map((vendor) => vendor.initials.toLowerCase())
  expect(initials).toEqual([...new Set(initials)])
})
