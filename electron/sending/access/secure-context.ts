import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { readAuthorities } from './authorities.ts'

const contexts = new Map<string, SecureContext>()
const mostContexts = 20

/** Trusts these certificates besides the well-known authorities. Kept, as one takes milliseconds to make. */
export function secureContextFor(
  pem: string,
): { ok: true; context: SecureContext } | { ok: false; problem: string } {
  const known = contexts.get(pem)
  if (known) return { ok: true, context: known }
  const authorities = readAuthorities(pem)
  if (!authorities.ok) return authorities
  const context = createSecureContext({
    ca: [...getCACertificates('default'), ...authorities.certificates],
    minVersion: 'TLSv1.2',
  })
  const [oldest] = contexts.keys()
  if (contexts.size >= mostContexts && oldest !== undefined) contexts.delete(oldest)
  contexts.set(pem, context)
  return { ok: true, context }
}
