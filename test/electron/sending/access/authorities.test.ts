import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readAuthorities } from '../../../../electron/sending/access/authorities.ts'
import { secureContextFor } from '../../../../electron/sending/access/secure-context.ts'
import { authority } from '../../../helpers/http-server.ts'

const withKey = readFileSync(join(import.meta.dirname, '../../../fixtures/self-signed.pem'), 'utf8')
const damaged = authority.replace('MII', 'XXX')

it.each([
  ['nothing of the kind', 'certificate, please', 'no certificate'],
  ['a private key beside it', withKey, 'private key'],
  ['a damaged second one', `${authority}${damaged}`, 'Certificate 2 of 2 cannot be read'],
  ['one that is cut off', `${authority}${authority.slice(0, 300)}`, 'cut off'],
])('%s is refused in words', (_name, pem, words) => {
  const read = readAuthorities(pem)
  expect(read.ok ? '' : read.problem).toContain(words)
  expect(secureContextFor(pem)).toEqual(read)
})

it('several are read, with text between them and any line ends', () => {
  const pem = `Subject: one\n${authority}\r\n\r\n# two\n${authority.replaceAll('\n', '\r\n')}`
  const read = readAuthorities(pem)
  expect(read.ok && read.certificates.length).toBe(2)
})

it('what trusts them is made once', () => {
  const [first, second] = [secureContextFor(authority), secureContextFor(authority)]
  expect(first.ok && second.ok && first.context === second.context).toBe(true)
})
