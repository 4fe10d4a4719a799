import { X509Certificate } from 'node:crypto'

/** The certificates of a PEM text, or what is wrong with it, in words. Text between certificates is let be. */
export type Authorities = { ok: true; certificates: string[] } | { ok: false; problem: string }

const certificate = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g

export function readAuthorities(pem: string): Authorities {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem))
    return { ok: false, problem: 'There is a private key in it. Paste the certificates only.' }
  const certificates = pem.match(certificate) ?? []
  const begun = pem.split('-----BEGIN CERTIFICATE-----').length - 1
  if (begun === 0)
    return { ok: false, problem: 'There is no certificate in it: -----BEGIN CERTIFICATE----- is missing.' }
  const first = certificates.findIndex((one) => !isReadable(one))
  if (first !== -1)
    return { ok: false, problem: `Certificate ${first + 1} of ${begun} cannot be read: it is damaged.` }
  if (certificates.length < begun)
    return {
      ok: false,
      problem: `One of ${begun} certificates is cut off: its END CERTIFICATE line is missing.`,
    }
  return { ok: true, certificates }
}

function isReadable(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}
