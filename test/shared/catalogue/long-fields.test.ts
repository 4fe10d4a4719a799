import { expect, it } from 'vitest'
import { fieldIssue } from '#shared/catalogue/check-fields.ts'
import { vendor } from '../../catalogue/vendor-request.ts'

it('tries no pattern on what is too long for any field', () => {
  const field = vendor('vonage').fields.find(({ key }) => key === 'callbackUrl')!
  const pattern = { ...field, pattern: '^never$', shape: 'never' }
  expect(fieldIssue(pattern, 'https://sms.example.com/r')).toMatch(/never/)
  expect(fieldIssue(pattern, `https://${'a'.repeat(3000)}`)).toBe('Keep it to 2000 characters.')
})
