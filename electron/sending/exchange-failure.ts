import { RefusedAddressError } from './guard.ts'
import { codeOf, TransportError } from './transport-error.ts'

export function cancelled(): TransportError {
  return new TransportError('cancelled', 'cancelled')
}

export function refusal(error: unknown): TransportError {
  return new TransportError('refused address', error instanceof Error ? error.message : 'refused')
}

const unreadableCodes = new Set(['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'UND_ERR_HEADERS_OVERFLOW'])

/** What undici will not send, such as an `Expect` header. */
const unrenderableCodes = new Set(['UND_ERR_NOT_SUPPORTED', 'UND_ERR_INVALID_ARG'])

/** What undici, Node or our own connecting threw, as the failure that it means. */
export function asFailure(error: unknown): TransportError {
  if (error instanceof TransportError) return error
  if (error instanceof RefusedAddressError) return refusal(error)
  const code = codeOf(error)
  const message = error instanceof Error ? error.message : String(error)
  if (unreadableCodes.has(code ?? '') || (error instanceof Error && error.name === 'HTTPParserError')) {
    return new TransportError('unreadable', message, { systemCode: code })
  }
  if (unrenderableCodes.has(code ?? ''))
    return new TransportError('unrenderable', message, { systemCode: code })
  // A switch of protocols that nobody asked for, or bytes when none are due: undici gives the connection up.
  if (code === 'UND_ERR_SOCKET' && /^bad (?:response|upgrade)$/.test(message)) {
    return new TransportError('unreadable', message, { systemCode: code })
  }
  return new TransportError('reset', message, { systemCode: code })
}
