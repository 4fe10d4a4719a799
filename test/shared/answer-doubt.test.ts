import { expect, it } from 'vitest'
import { doubtOf } from '#shared/answer-doubt.ts'
import type { Attempt } from '#shared/attempt.ts'

function answered(body: string, contentType = '', statusOnly = true): Pick<Attempt, 'outcome' | 'response'> {
  const facts = statusOnly ? { statusOnly: true as const } : {}
  const headers = contentType === '' ? [] : [{ name: 'Content-Type', value: contentType }]
  return {
    outcome: { class: 'accepted', code: 'accepted', facts },
    response: { status: 200, statusText: 'OK', headers, body, bytes: body.length },
  }
}

it.each([
  ['{"status":"error","code":1007,"message":"Insufficient credits"}', '', '“status”: error'],
  ['{"messages":[{"id":"1","error":{"code":7}}]}', 'application/json', '“error”: {"code":7}'],
  ['{"success":false}', 'application/json', '“success”: false'],
  ['{"id": 12, "status": "queu', 'application/json', 'damaged or cut off'],
  ['ERR 301: Sender not approved', 'text/plain', 'begins with “ERR 301'],
  ['<!DOCTYPE html><html><body>Welcome', '', 'HTML page'],
  ['Welcome', 'text/html; charset=utf-8', 'HTML page'],
  ['<response><error>no credit</error></response>', 'text/xml', '<error>'],
])('doubts %s', (body, type, words) => {
  const doubt = doubtOf(answered(body, type))
  expect(doubt).toContain(words)
  expect(doubt).toMatch(/^Only the status was checked\. .*success rule\.$/)
})

it.each([
  ['{"id":"1","status":"queued","error":null,"error_code":0,"errors":[]}', 'application/json'],
  ['{"status":"success","error":"No error"}', 'application/json'],
  ['OK: 12345', 'text/plain'],
  ['', ''],
  ['<response><id>1</id></response>', 'text/xml'],
  ['[]', 'application/json'],
])('finds nothing against %s', (body, type) => {
  expect(doubtOf(answered(body, type))).toBeNull()
})

it('says nothing where a rule has looked at the body, or where no answer came', () => {
  expect(doubtOf(answered('{"status":"error"}', '', false))).toBeNull()
  expect(doubtOf({ outcome: null, response: null })).toBeNull()
})

it('comes to an end in what is nested and wide', () => {
  const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`
  const wide = JSON.stringify(Array.from({ length: 20_000 }, () => ({ a: [1, 2, 3] })))
  for (const body of [deep, wide]) expect(doubtOf(answered(body))).toBeNull()
})
