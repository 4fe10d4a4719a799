import { expect, test } from 'vitest'
import { emptyForm } from '../../../renderer/features/provider-form/form-state.ts'
import { settingsOf } from '../../../renderer/features/provider-form/form-settings.ts'
import { addPlaceholder, withPlaceholder } from '../../../renderer/features/provider-form/add-placeholder.ts'
import {
  askedPlaceholders,
  doubtfulIn,
  hintsFor,
  renamedPlaceholder,
} from '../../../renderer/features/provider-form/form-hints.ts'
import { formRows, settingsWith } from '../../helpers/settings.ts'

const missingIn = (rows: Record<string, string>) =>
  hintsFor(settingsWith({ parameters: formRows(rows) })).map(({ missing }) => missing)

test('a provider that uses no $$To, or neither $$Body nor $$TemplateID, is flagged', () => {
  expect(missingIn({ to: '$$To', text: '$$Body' })).toEqual([])
  expect(missingIn({ to: '$$To', template: '$$TemplateID' })).toEqual([])
  expect(missingIn({ to: '$$to', text: '$$Body' })).toEqual(['To'])
  expect(missingIn({})).toEqual(['To', 'Body'])
})

test('custom names that differ only by case are pointed out', () => {
  const rows = { to: '$$To', text: '$$Body $$otp', code: '$$Otp' }
  const hints = hintsFor(settingsWith({ parameters: formRows(rows) }))
  const text = '$$Otp and $$otp are two placeholders: case matters.'
  expect(hints).toEqual([{ text, missing: null }])
})

test('a name in another case is doubtful, and mended without touching longer names', () => {
  const text = '$$to, $$TOKEN, $$too, {{secret:to}}, $$to$$BODY'
  expect(doubtfulIn(text)).toEqual([
    { name: 'to', meant: 'To' },
    { name: 'BODY', meant: 'Body' },
  ])
  expect(renamedPlaceholder(text, 'to', 'To')).toBe('$$To, $$TOKEN, $$too, {{secret:to}}, $$To$$BODY')
})

test('one click puts a placeholder in: into the row that waits for it, else a new one', () => {
  const form = emptyForm()
  form.parameters.rows = []
  addPlaceholder(form, 'To')
  addPlaceholder(form, 'Body')
  expect(hintsFor(settingsOf(form))).toEqual([])
  for (const row of form.parameters.rows) row.value = ''
  addPlaceholder(form, 'To')
  expect(form.parameters.rows.map(({ name, value }) => [name, value])).toEqual([
    ['to', '$$To'],
    ['text', ''],
  ])
})

test.each([
  ['{"text": "$$Body"}', 'application/json', '{\n  "text": "$$Body",\n  "to": "$$To"\n}'],
  ['{ }\n', 'application/json', '{\n  "to": "$$To"\n}\n'],
  ['', 'application/json', '{\n  "to": "$$To"\n}'],
  ['[1]', 'application/json', '[1]\n$$To'],
  ['text', 'text/plain', 'text\n$$To'],
])('into the raw body %j of %s', (text, contentType, expected) => {
  expect(withPlaceholder(text, contentType, 'To')).toBe(expected)
})

test('asked for when sending: custom ones and those of the system that no setting gives', () => {
  const rows = { a: '$$code $$To $$Body $$From $$MessageID', b: '$$TemplateID' }
  expect(askedPlaceholders(settingsWith({ parameters: formRows(rows) }))).toEqual(['TemplateID', 'code'])
})
