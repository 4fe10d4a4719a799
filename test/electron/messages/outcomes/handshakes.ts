import type { ProviderSettings } from '#shared/settings.ts'
import { authority, type CertificateName } from '../../../helpers/http-server.ts'
import type { OutcomeCase } from '../../../helpers/outcome-cases.ts'

type Words = Pick<OutcomeCase, 'title' | 'cause' | 'next' | 'facts'>

const trusting = (authorities: string): ProviderSettings['connection'] => ({
  proxy: { kind: 'none' },
  authorities,
})

function refused(
  name: string,
  certificate: CertificateName,
  connection: string | null,
  words: Words,
): OutcomeCase {
  return {
    name,
    class: 'unavailable',
    code: 'tls_failed',
    bytesOut: false,
    provoke: async (stage) => ({
      endpoint: `https://api.example.test:${await stage.http(() => ({}), certificate)}/`,
      ...(connection !== null && { connection: trusting(connection) }),
    }),
    title: '{host}',
    ...words,
  }
}

/** Certificates, and servers that do not speak TLS. */
export const handshakes: OutcomeCase[] = [
  refused('a certificate that has expired', 'expired', authority, {
    facts: { systemCode: 'CERT_HAS_EXPIRED' },
    cause: 'expired',
    next: 'clock',
  }),
  refused('a certificate that vouches for itself', 'self-signed', null, {
    facts: { systemCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    cause: 'self-signed',
    next: 'Certificate authorities',
  }),
  refused('a certificate for another host', 'other-host', authority, {
    facts: { systemCode: 'ERR_TLS_CERT_ALTNAME_INVALID', names: ['other.example.test'] },
    cause: 'for other.example.test',
    next: 'host name',
  }),
  refused('a certificate of an authority that nobody knows', 'trusted', null, {
    facts: { systemCode: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    cause: 'authority is not known',
    next: 'Certificate authorities',
  }),
  {
    name: 'a certificate of an authority that the provider’s settings know',
    class: 'accepted',
    code: 'accepted',
    bytesOut: true,
    provoke: async (stage) => ({
      endpoint: `https://api.example.test:${await stage.http(() => ({}), 'trusted')}/`,
      connection: trusting(authority),
    }),
  },
  {
    name: 'authorities that are no certificates',
    class: 'misconfigured',
    code: 'authorities_unreadable',
    bytesOut: false,
    provoke: async (stage) => ({
      endpoint: `https://api.example.test:${await stage.http(() => ({}), 'trusted')}/`,
      connection: trusting(`${authority}\n${authority.replace(/\n[A-Za-z0-9+/]{10}/, '\nAAAAAAAAAA')}`),
    }),
    cause: 'Certificate 2 of 2',
    next: 'PEM',
  },
  {
    name: 'a port that speaks HTTP and not TLS',
    class: 'unavailable',
    code: 'tls_failed',
    bytesOut: false,
    provoke: async (stage) => {
      const answer = 'HTTP/1.1 400 Bad Request\r\n\r\n'
      const port = await stage.raw({ onConnect: (socket) => socket.write(answer) })
      return { endpoint: `https://127.0.0.1:${port}/` }
    },
    cause: 'does not speak TLS',
    next: 'http://',
  },
  {
    name: 'a server that closes during the handshake',
    class: 'unavailable',
    code: 'tls_failed',
    bytesOut: false,
    provoke: async (stage) => {
      const port = await stage.raw({ onConnect: (socket) => socket.once('data', () => socket.end()) })
      return { endpoint: `https://127.0.0.1:${port}/` }
    },
    facts: { systemCode: 'ECONNRESET' },
    cause: 'closed the connection during the TLS handshake',
    next: 'https',
  },
]
