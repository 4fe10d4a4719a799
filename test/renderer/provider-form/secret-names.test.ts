import { expect, test } from 'vitest'
import { freeSecretName, soundsSecret } from '#shared/secret-names.ts'
import { openCredentials, wholeSecret } from '../../../renderer/features/provider-form/secret-names.ts'

test.each([
  'token',
  'X-Api-Key',
  'apikey',
  'password',
  'Authorization',
  'auth_key',
  'client_secret',
  'pwd',
  'key',
])('%s sounds like a secret', (name) => expect(soundsSecret(name)).toBe(true))

test.each(['to', 'text', 'keyboard', 'monkey', 'author', 'sender', 'passenger'])('%s does not', (name) =>
  expect(soundsSecret(name)).toBe(false),
)

test('names are made fit for a reference, and free', () => {
  expect(freeSecretName('X Api/Key', () => false)).toBe('X-Api-Key')
  expect(freeSecretName('  ', () => false)).toBe('secret')
  expect(freeSecretName('key', (name) => name === 'key' || name === 'key-2')).toBe('key-3')
})

test('only a reference and nothing else is a whole secret', () => {
  expect(wholeSecret('{{secret:key}}')).toBe('key')
  expect(wholeSecret('Bearer {{secret:key}}')).toBeNull()
  expect(wholeSecret('')).toBeNull()
})

test('credentials in the open are found with their place; references and placeholders are left alone', () => {
  const endpoint = 'https://a.example/send?to=$$To&apikey=abc&token={{secret:token}}&key=$$key#key=x'
  const found = openCredentials(endpoint)
  expect(found.map(({ name, value }) => [name, value])).toEqual([['apikey', 'abc']])
  expect(endpoint.slice(found[0]!.at)).toMatch(/^abc&token/)
})
