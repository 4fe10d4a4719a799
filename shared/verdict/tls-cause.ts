import type { OutcomeFacts } from '../message.ts'

/** By the names that Node and OpenSSL give the failures of a handshake. */
const tlsCauses: Record<string, string> = {
  CERT_HAS_EXPIRED: 'The server’s certificate has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The server’s certificate is self-signed, so nobody vouches for it.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate chain ends in an authority that this machine does not know.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The certificate’s authority is not known to this machine.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'The certificate’s authority is not known to this machine.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The server’s certificate is for another host name.',
  EPROTO: 'The server does not speak TLS on this port.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'The server does not speak TLS on this port.',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'The server does not speak TLS on this port.',
}

/** Why no secure connection came about, in words. */
export function tlsCause(facts: OutcomeFacts): string {
  const code = facts.systemCode ?? ''
  return tlsCauses[code] ?? `The TLS handshake failed${code ? ` (${code})` : ''}.`
}
