import { expect, it } from 'vitest'
import { emptySettings } from '#shared/settings.ts'
import { answerText } from '../../../../electron/sending/answer/answer-text.ts'
import { classifyAnswer } from '../../../../electron/sending/answer/classify-answer.ts'

const utf16 = Buffer.from('{"id":"é€"}', 'utf16le')

it.each([
  ['text/plain', Buffer.from('é€'), 'é€'],
  ['text/plain; charset=UTF-8', Buffer.from('é€'), 'é€'],
  ['', Buffer.from('é€'), 'é€'],
  ['text/plain; charset=iso-8859-1', Buffer.from([0x66, 0xe9]), 'fé'],
  ['text/plain;charset="windows-1252"', Buffer.from([0x80, 0xe9]), '€é'],
  ['application/json; charset=utf-16le', utf16, '{"id":"é€"}'],
  ['text/plain; charset=nothing-known', Buffer.from('é'), 'é'],
])('an answer of type %j is read as that', (contentType, body, text) => {
  expect(answerText(body, contentType)).toBe(text)
  expect(answerText(body, contentType)).toBe(text)
})

it('rules read an answer in its own charset', () => {
  const { success, codes } = emptySettings()
  const reading = { messageId: 'id', errorCode: '', errorText: '' }
  const headers = [{ name: 'Content-Type', value: 'application/json; charset=utf-16le' }]
  const answer = { status: 200, statusText: 'OK', headers, body: utf16 }
  expect(classifyAnswer({ success, reading, codes }, null, answer).judgement.messageId).toBe('é€')
})
