const block = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g

/** How many certificates a text in PEM holds. */
export function countCertificates(pem: string): number {
  return [...pem.matchAll(block)].filter(([, kind]) => kind === 'CERTIFICATE').length
}

/**
 * What is wrong with certificates in PEM as far as their outside tells (RFC 7468): the marks, the base64, and the length
 * that each one gives for itself. Null when nothing is; whether one can be trusted shows when it is used.
 */
export function certificateIssue(pem: string): string | null {
  if (pem.trim() === '') return null
  const blocks = [...pem.matchAll(block)]
  const begun = pem.match(/-----BEGIN /g)?.length ?? 0
  if (begun === 0) return 'Paste certificates that start with -----BEGIN CERTIFICATE-----.'
  if (begun > blocks.length)
    return `Certificate ${blocks.length + 1} has no end: its -----END CERTIFICATE----- line is missing.`
  const wrong = blocks.map(([, kind = '', base64 = '']) => blockIssue(kind, base64))
  const at = wrong.findIndex((issue) => issue !== null)
  return at < 0 ? null : `${blocks.length > 1 ? `Certificate ${at + 1}` : 'The certificate'} ${wrong[at]}`
}

function blockIssue(kind: string, base64: string): string | null {
  if (kind.includes('PRIVATE KEY'))
    return 'is a private key, which nobody needs here: remove it and paste the certificate.'
  if (kind !== 'CERTIFICATE') return `is called ${kind}, not CERTIFICATE.`
  const bytes = decoded(base64)
  if (bytes === null) return 'is not valid base64: copy it again.'
  return isWhole(bytes) ? null : 'is cut short or damaged: copy it again.'
}

function decoded(base64: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(base64.replace(/\s+/g, '')), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}

/** A certificate is one DER sequence (tag 0x30), whose length stands in its first bytes. */
function isWhole(bytes: Uint8Array): boolean {
  const first = bytes[1] ?? 0
  if (bytes[0] !== 0x30) return false
  if (first < 0x80) return bytes.length === first + 2
  const lengthBytes = first & 0x7f
  let length = 0
  for (const byte of bytes.slice(2, 2 + lengthBytes)) length = length * 256 + byte
  return bytes.length === 2 + lengthBytes + length
}
