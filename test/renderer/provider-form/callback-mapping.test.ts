import { describe, expect, test } from 'vitest'
import type { CallbackMapping, ReceiptState } from '#shared/callbacks/format.ts'
import { providerInputSchema } from '#shared/provider.ts'
import { emptySettings } from '#shared/settings.ts'
import { guessState, guessTimeForm } from '../../../renderer/features/provider-form/callbacks/guesses.ts'
import { newWord } from '../../../renderer/features/provider-form/callbacks/mapping-state.ts'
import { checkForm } from '../../../renderer/features/provider-form/check-form.ts'
import { settingsOf } from '../../../renderer/features/provider-form/form-settings.ts'
import { formOf, type ProviderForm } from '../../../renderer/features/provider-form/form-state.ts'

const mapping: CallbackMapping = {
  receipts: {
    itemsAt: 'results[*]',
    id: 'id || messageId',
    reference: '',
    to: '',
    status: 'status',
    statuses: [{ word: 'DELIVRD', state: 'delivered' }],
    error: '',
    errorText: '',
    time: '',
  },
  replies: null,
  clicks: { itemsAt: '', id: '', reference: 'ref', url: 'url', time: '' },
  timeForm: 'plain',
  zone: '+05:30',
  answer: { status: 200, contentType: 'text/plain', body: 'OK' },
}

function formWith(callbacks: CallbackMapping | null): ProviderForm {
  const settings = { ...emptySettings(), endpoint: 'https://api.example.com/sms', callbacks }
  return formOf({ id: crypto.randomUUID(), name: 'City', settings })
}
const errors = (form: ProviderForm) =>
  Object.fromEntries(checkForm(form, providerInputSchema).map(({ path, message }) => [path, message]))

describe('a mapping in the form', () => {
  test('is given back as it was, and none as none', () => {
    expect(settingsOf(formWith(mapping)).callbacks).toEqual(mapping)
    expect(settingsOf(formWith(null)).callbacks).toBeNull()
  })

  test('that is switched off stays, to be switched on again', () => {
    const form = formWith(mapping)
    form.callbacks.on = false
    expect(settingsOf(form).callbacks).toBeNull()
    form.callbacks.on = true
    expect(settingsOf(form).callbacks).toEqual(mapping)
  })

  test('says what is wrong at its field, and at the right word though empty lines are left out', () => {
    const form = formWith(mapping)
    const { callbacks } = form
    callbacks.receipts.id = '~id=(.*)'
    callbacks.zone = 'IST'
    callbacks.answer.status = 404
    callbacks.receipts.statuses = [newWord('OK', 'sent'), newWord(' ', 'sent'), newWord('OK', 'delivered')]
    expect(Object.keys(errors(form)).sort()).toEqual([
      'settings.callbacks.answer.status',
      'settings.callbacks.receipts.id',
      'settings.callbacks.receipts.statuses.2.word',
      'settings.callbacks.zone',
    ])
    expect(errors(form)['settings.callbacks.receipts.statuses.2.word']).toBe(
      'This word is in the table already.',
    )
    callbacks.on = false
    expect(errors(form)).toEqual({})
  })
})

test('a word’s state and a time’s form are guessed from how they are written', () => {
  const states: Record<string, ReceiptState> = {
    DELIVRD: 'delivered',
    UNDELIV: 'undelivered',
    'Not delivered': 'undelivered',
    REJECTD: 'rejected',
    EXPIRED: 'expired',
    ACCEPTD: 'sent',
    queued: 'queued',
    'NOT-SENT': 'failed',
  }
  for (const [word, state] of Object.entries(states)) expect([word, guessState(word)]).toEqual([word, state])
  expect(guessState('16', { '16': 'rejected' })).toBe('rejected')
  expect(guessState('gibberish')).toBe('sent')
  const times = [
    '1767348000',
    '1767348000000',
    '2601021000',
    '20260102100000',
    '2026-01-02 10:00',
    '2026-01-02T10:00Z',
  ]
  expect(times.map(guessTimeForm)).toEqual(['seconds', 'milliseconds', 'compact', 'compact', 'plain', 'iso'])
  expect(guessTimeForm('yesterday')).toBeNull()
})
