import { expect, it } from 'vitest'
import type { VendorField } from '#shared/catalogue/entry.ts'
import { fieldIssue } from '#shared/catalogue/check-fields.ts'
import infobip from '../../../resources/catalogue/infobip.json' with { type: 'json' }
import twilio from '../../../resources/catalogue/twilio.json' with { type: 'json' }

const fieldOf = ({ fields }: { fields: object[] }, key: string) =>
  fields.find((field) => 'key' in field && field.key === key) as unknown as VendorField

it.each([
  ['x1', ' This has no dot.'],
  ['https://x1.api.infobip.com', ' “:” cannot stand in it.'],
  ['x1.api.infobip.com/sms', ' “/” cannot stand in it.'],
  ['x1 .api.infobip.com', ' A space cannot stand in it.'],
  ['X1.api.infobip.com', ' “X” cannot stand in it.'],
  ['x1.api.infobip.com.', ''],
])('of a host, %s, it is told what is no part of one', (typed, hint) => {
  const words = 'Base URL is a host in small letters, such as xxxxx.api.infobip.com.'
  expect(fieldIssue(fieldOf(infobip, 'baseUrl'), typed)).toBe(words + hint)
})

it('of an id of a certain length it is told how long it is', () => {
  const issue = fieldIssue({ ...fieldOf(twilio, 'accountSid'), secret: false }, 'AC12')
  expect(issue).toBe('Account SID is AC and 32 hex digits. This has 4 characters.')
})
