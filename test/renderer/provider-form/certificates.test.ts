import { rootCertificates } from 'node:tls'
import { expect, test } from 'vitest'
import { certificateIssue, countCertificates } from '../../../renderer/features/provider-form/certificates.ts'

const [one = '', two = ''] = rootCertificates
const lines = (pem: string) => pem.trim().split('\n')

test('the authorities that Node brings along are counted, and nothing is wrong with them', () => {
  expect(rootCertificates.length).toBeGreaterThan(100)
  for (const pem of rootCertificates) expect(certificateIssue(pem)).toBeNull()
  const all = rootCertificates.join('\n')
  expect(countCertificates(all)).toBe(rootCertificates.length)
  expect(certificateIssue(`# a comment\r\n${all.replaceAll('\n', '\r\n')}`)).toBeNull()
})

test('nothing pasted is nothing wrong', () => {
  expect([certificateIssue(' \n'), countCertificates('')]).toEqual([null, 0])
})

test('which one is damaged, and how, is said', () => {
  const short = lines(two).toSpliced(3, 1).join('\n')
  expect(certificateIssue(`${one}\n${short}`)).toBe('Certificate 2 is cut short or damaged: copy it again.')
  const garbled = lines(one).with(2, '!!!!').join('\n')
  expect(certificateIssue(garbled)).toBe('The certificate is not valid base64: copy it again.')
  expect(certificateIssue(`${one}\n${lines(two).slice(0, -1).join('\n')}`)).toContain(
    'Certificate 2 has no end',
  )
  expect(certificateIssue('MIID')).toContain('-----BEGIN CERTIFICATE-----')
  expect(certificateIssue(one.replaceAll('CERTIFICATE', 'PRIVATE KEY'))).toContain('is a private key')
})
