import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { emptyChoice, newVendorSettings } from '#shared/catalogue/compile.ts'
import { vendorSchema } from '#shared/catalogue/entry.ts'
import { ownParts } from '#shared/catalogue/preset.ts'
import { settingsOf } from '../../../renderer/features/provider-form/form-settings.ts'
import { formOf } from '../../../renderer/features/provider-form/form-state.ts'

const folder = resolve(import.meta.dirname, '../../../resources/catalogue')
const entries = readdirSync(folder).map((file) =>
  vendorSchema.parse(JSON.parse(readFileSync(resolve(folder, file), 'utf8'))),
)

test.each(entries.flatMap((entry) => entry.apis.map(({ id }) => ({ entry, api: id, name: entry.name }))))(
  'the rules of $name ($api) pass through the form unchanged, and stay the preset’s',
  ({ entry, api }) => {
    const settings = newVendorSettings(entry, { ...emptyChoice(entry), api }, 'http://127.0.0.1:8026')
    const kept = settingsOf(formOf({ id: 'x', name: 'x', kind: 'generic', settings, vendor: null }))
    expect(ownParts(entry, kept)).toEqual([])
    kept.codes = kept.codes.slice(1)
    expect(ownParts(entry, kept)).toEqual(entry.codes.length === 0 ? [] : ['codes'])
  },
)
