import type { OutcomeCode, OutcomeFacts } from '../outcome.ts'
import { host, limit, mayArrive, number, status, type Words } from './phrases.ts'
import { tlsCause } from './tls-cause.ts'

/** The system's own name for it; those of the HTTP client tell nobody anything. */
const broken = ({ systemCode }: OutcomeFacts) =>
  systemCode && !systemCode.startsWith('UND_ERR') ? ` (${systemCode})` : ''

const withoutPort = (facts: OutcomeFacts) => host(facts).replace(/:\d+$/, '')

/** No full answer came: the way to the provider, and what went wrong on it. */
export const connectionWords = {
  address_refused: (facts) => ({
    title: 'The address is not allowed',
    cause: facts.reason ?? `${host(facts)} is an address that the workbench never sends to.`,
    next: 'Use the provider’s public http or https address. Nothing was sent.',
  }),
  dns_failed: (facts) => ({
    title: `The name ${withoutPort(facts)} was not found`,
    cause:
      facts.systemCode === 'EAI_AGAIN'
        ? 'The name server did not answer (EAI_AGAIN): this machine has no network, or its name server is down.'
        : `The name look-up failed${facts.systemCode ? ` (${facts.systemCode})` : ''}: the name is misspelt, or this machine has no network.`,
    next: 'Check the host in the endpoint and the network connection. Nothing was sent.',
  }),
  connection_refused: (facts) => ({
    title: `${host(facts)} refused the connection`,
    cause: 'Nothing listens on that port, or a firewall rejects it.',
    next: 'Check the port in the endpoint. For a simulated provider, start the simulator. Nothing was sent.',
  }),
  unreachable: (facts) => ({
    title: `${host(facts)} cannot be reached`,
    cause:
      facts.systemCode === 'ETIMEDOUT'
        ? 'Nothing answers at that address (ETIMEDOUT).'
        : `The network has no way there${facts.systemCode ? ` (${facts.systemCode})` : ''}.`,
    next: 'Check the network connection, a VPN, and whether the provider limits access by address. Nothing was sent.',
  }),
  connect_timed_out: (facts) => ({
    title: 'Connect time-out',
    cause: facts.proxy
      ? `The proxy ${facts.proxy} did not open the way to ${host(facts)} within ${limit(facts)}. Nothing was sent.`
      : `${host(facts)} did not take the connection within ${limit(facts)}. Nothing was sent.`,
    next: facts.proxy
      ? 'Check the proxy under Connection, and whether it can reach the provider; raise the connect time-out if it is slow.'
      : 'Check the address and any firewall; raise the connect time-out if the provider is known to be slow.',
  }),
  tls_failed: (facts) => {
    const { cause, next } = tlsCause(facts)
    return { title: `No secure connection to ${host(facts)}`, cause, next: `${next} Nothing was sent.` }
  },
  tls_timed_out: (facts) => ({
    title: 'TLS time-out',
    cause: `${host(facts)}${facts.proxy ? `, through the proxy ${facts.proxy},` : ''} did not finish the TLS handshake within ${limit(facts)}. Nothing was sent.`,
    next: 'Check that the endpoint’s port speaks https; raise the TLS time-out if the provider is slow.',
  }),
  reset_before_sending: (facts) => ({
    title: 'The connection was closed before anything was sent',
    cause: `${host(facts)} closed the connection at once.`,
    next: 'Send another test. If it happens again, check whether the port expects https. Nothing was sent.',
  }),
  reset_after_sending: (facts) =>
    facts.status === undefined
      ? {
          title: 'The connection broke before an answer came',
          cause: `${host(facts)} took the request and closed the connection without an answer${broken(facts)}.`,
          next: mayArrive,
        }
      : {
          title: `The answer broke off (${number(facts)})`,
          cause: `${host(facts)} took the request, began to answer with ${status(facts)}, and closed the connection before the answer was whole${broken(facts)}.`,
          next: mayArrive,
        },
  first_byte_timed_out: (facts) => ({
    title: 'First byte time-out',
    cause: `The request went out, and ${host(facts)} did not begin to answer within ${limit(facts)}.`,
    next: `${mayArrive} Raise the first byte time-out if the provider is known to be slow.`,
  }),
  total_timed_out: (facts) => ({
    title: 'Total time-out',
    cause: `The whole exchange with ${host(facts)} took longer than ${limit(facts)}.${facts.status === undefined ? '' : ` Its answer (${status(facts)}) had begun and did not end.`}`,
    next: mayArrive,
  }),
  authorities_unreadable: (facts) => ({
    title: 'The certificate authorities cannot be read',
    cause: facts.reason ?? 'The provider’s own certificate authorities are not valid PEM.',
    next: 'Paste the certificates in PEM, from BEGIN CERTIFICATE to END CERTIFICATE. Nothing was sent.',
  }),
  proxy_failed: (facts) => ({
    title: `The proxy ${facts.proxy ?? ''} did not connect`.replace('  ', ' '),
    cause: `It could not be reached, or would not open the way to ${host(facts)}${facts.reason ? ` (${facts.reason})` : ''}.`,
    next: 'Check the proxy’s address, and whether it permits the provider’s host and port. Nothing was sent.',
  }),
  proxy_unauthorized: (facts) => ({
    title: 'The proxy refused its credentials (407)',
    cause: `${facts.proxy ?? 'The proxy'} asks for a user name and password, or refuses those it was given.`,
    next: 'Check the proxy’s user name and password under Connection. Nothing was sent.',
  }),
} satisfies Partial<Record<OutcomeCode, Words>>
