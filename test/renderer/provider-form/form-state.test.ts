import { describe, expect, test } from 'vitest'
import { providerInputSchema } from '#shared/provider.ts'
import { emptySettings } from '#shared/settings.ts'
import { checkForm } from '../../../renderer/features/provider-form/check-form.ts'
import { inputOf, settingsOf } from '../../../renderer/features/provider-form/form-settings.ts'
import { emptyForm, formOf, newRow } from '../../../renderer/features/provider-form/form-state.ts'

const named = () => {
  const form = emptyForm()
  form.name = 'Gateway'
  form.endpoint = 'https://api.example.com/sms'
  return form
}

describe('the form’s state', () => {
  test('gives back the settings that it was made of', () => {
    const settings = emptySettings()
    settings.auth = { kind: 'basic', username: 'me', password: '{{secret:password}}' }
    settings.parameters = { kind: 'raw', contentType: 'text/xml', text: '<to>$$To</to>' }
    settings.success.body = { kind: 'json', path: 'status', equals: 'ok' }
    expect(settingsOf(formOf({ id: crypto.randomUUID(), name: 'x', settings }))).toEqual(settings)
  })

  test('keeps further values of the success rule, and the words of codes', () => {
    const settings = emptySettings()
    settings.success.body = { kind: 'json', path: 'status', equals: 'ok', or: ['queued', '0'] }
    settings.codes = [
      { code: '1', class: 'rejected', cause: 'The number is not in use.', next: 'Correct the number.' },
      { code: '2', class: 'unavailable' },
    ]
    const form = formOf({ id: crypto.randomUUID(), name: 'x', settings })
    expect(settingsOf(form)).toEqual(settings)
    form.body.or = ['', 'queued']
    form.codes[0] = { id: 'a', code: ' 1 ', class: 'rejected', cause: ' ', next: '' }
    expect(settingsOf(form).success.body).toMatchObject({ or: ['queued'] })
    expect(settingsOf(form).codes[0]).toEqual({ code: '1', class: 'rejected' })
    form.body.equals = ''
    expect(settingsOf(form).success.body).toEqual({ kind: 'json', path: 'status', equals: '' })
  })

  test('keeps what was typed for a choice that is changed and changed back', () => {
    const form = named()
    form.auth = { ...form.auth, kind: 'bearer', username: '', password: '', token: 'abc' }
    form.auth.kind = 'none'
    expect(settingsOf(form).auth).toEqual({ kind: 'none' })
    form.auth.kind = 'bearer'
    expect(settingsOf(form).auth).toEqual({ kind: 'bearer', token: 'abc' })
  })

  test('sends typed secrets only while something refers to them', () => {
    const form = named()
    form.typed = { key: 'abc', forgotten: 'def' }
    form.headers = [newRow({ name: 'X-Key', value: '{{secret:key}}', enabled: false })]
    expect(inputOf(form).secrets).toEqual({ key: 'abc' })
  })

  test('leaves empty rows out, and still points at the right row', () => {
    const form = named()
    form.headers = [newRow(), newRow({ name: 'bad name', value: 'x', enabled: true })]
    expect(settingsOf(form).headers).toHaveLength(1)
    const paths = checkForm(form, providerInputSchema).map((issue) => issue.path)
    expect(paths).toEqual(['settings.headers.1.name'])
  })

  test('wants a value for a locked row, and lets a password be empty', () => {
    const form = named()
    form.auth = { ...form.auth, kind: 'basic', username: 'me', password: '{{secret:password}}', token: '' }
    form.headers = [newRow({ name: 'X-Key', value: '{{secret:key}}', enabled: true })]
    form.typed = { password: '', key: '' }
    expect(checkForm(form, providerInputSchema).map((issue) => issue.path)).toEqual([
      'settings.headers.0.value',
    ])
  })
})
