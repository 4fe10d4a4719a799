import type { OutcomeFacts } from '../outcome.ts'

interface TlsWords {
  cause: string
  next: string
}

const unknownAuthority: TlsWords = {
  cause: 'The certificate’s authority is not known to this machine.',
  next: 'If it is a company’s or a gateway’s own authority, paste its certificate under Connection, Certificate authorities. If not, the server leaves a certificate of its chain out, which the provider has to mend.',
}
const notTls: TlsWords = {
  cause: 'The server does not speak TLS on this port.',
  next: 'Check the port in the endpoint; use http:// only if the provider documents it.',
}
const oldTls: TlsWords = {
  cause: 'The server speaks only versions of TLS that are older than 1.2, which are not safe.',
  next: 'Ask the provider for an address with TLS 1.2 or newer.',
}
const noAgreement: TlsWords = {
  cause:
    'The server broke the handshake off: there is no method that both sides know, or it asks for a client certificate.',
  next: 'Ask the provider what its server expects.',
}

/** By the names that Node and OpenSSL give the failures of a handshake. */
const tlsWords: Record<string, TlsWords> = {
  CERT_HAS_EXPIRED: {
    cause: 'The server’s certificate has expired.',
    next: 'Check this machine’s clock; if it is right, the provider has to renew the certificate.',
  },
  CERT_NOT_YET_VALID: {
    cause: 'The server’s certificate is not valid yet.',
    next: 'Check this machine’s clock; if it is right, the provider has to mend the certificate.',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    cause: 'The server’s certificate is self-signed, so nobody vouches for it.',
    next: 'If the server is your own, paste its certificate under Connection, Certificate authorities.',
  },
  SELF_SIGNED_CERT_IN_CHAIN: {
    cause: 'The certificate chain ends in an authority that this machine does not know.',
    next: 'If it is a company’s or a gateway’s own authority, paste its certificate under Connection, Certificate authorities.',
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  ERR_TLS_CERT_ALTNAME_INVALID: {
    cause: 'The server’s certificate is for another host name.',
    next: 'Check the host name in the endpoint.',
  },
  ECONNRESET: {
    cause: 'The server closed the connection during the TLS handshake.',
    next: 'Check that the endpoint’s port speaks https, and whether the provider limits access by address.',
  },
  EPROTO: notTls,
  ERR_SSL_WRONG_VERSION_NUMBER: notTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: notTls,
  ERR_SSL_UNSUPPORTED_PROTOCOL: oldTls,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: oldTls,
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: noAgreement,
  'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE': noAgreement,
}

/** Why no secure connection came about, and what to do, in words. */
export function tlsCause({ systemCode = '', names = [] }: OutcomeFacts): TlsWords {
  const known = Object.hasOwn(tlsWords, systemCode) ? tlsWords[systemCode] : undefined
  if (!known) {
    const cause = `The TLS handshake failed${systemCode ? ` (${systemCode})` : ''}.`
    return { cause, next: 'Check the host name and port in the endpoint.' }
  }
  if (names.length === 0 || systemCode !== 'ERR_TLS_CERT_ALTNAME_INVALID') return known
  return { ...known, cause: `The server’s certificate is for ${names.join(', ')}, not for this host name.` }
}
