import { describe, expect, it } from 'vitest'
import { importCurl } from '#shared/curl/import-curl.ts'
import { settingsSchema } from '#shared/settings.ts'
import { secretNamesOf } from '#shared/settings-texts.ts'
import { allCases, corpus } from './corpus/all.ts'
import { summarise } from './corpus/case.ts'

it('holds at least 150 commands', () => expect(allCases.length).toBeGreaterThanOrEqual(150))

describe.each(Object.entries(corpus))('%s', (_, cases) => {
  it.each(cases)('$title', ({ command, expected }) => {
    expect(summarise(importCurl(command))).toEqual(expected)
  })
})

it('every draft fits the form, and each secret that it names is there', () => {
  for (const { command } of allCases) {
    const { draft } = importCurl(command)
    if (!draft) continue
    expect(settingsSchema.safeParse(draft.settings).success, command).toBe(true)
    expect(Object.keys(draft.secrets).sort(), command).toEqual(secretNamesOf(draft.settings))
  }
})

it('no secret stands in the open in what it was taken from', () => {
  for (const { command } of allCases) {
    const { draft } = importCurl(command)
    for (const value of Object.values(draft?.secrets ?? {})) {
      if (value.length > 3) expect(JSON.stringify(draft?.settings)).not.toContain(value)
    }
  }
})
