import type { TimeoutName } from '#shared/timeouts.ts'

export type TransportFailure =
  | 'dns'
  | 'connect'
  | 'tls'
  | 'proxy'
  | 'proxy unauthorized'
  | 'timeout'
  | 'reset'
  | 'too large'
  | 'unreadable'
  | 'unrenderable'
  | 'refused address'
  | 'cancelled'

/** Why no full answer came. Whether bytes had gone out by then is told by the exchange, not by the error. */
export class TransportError extends Error {
  readonly failure: TransportFailure
  /** Node's, OpenSSL's or the parser's name of it, such as `ECONNREFUSED`. */
  readonly systemCode: string | null
  /** The names that a certificate is for, where it is not for the host. */
  readonly names: string[] | null
  /** Of an answer that had begun. */
  status: number | null = null
  readonly timeout: { name: TimeoutName; ms: number } | null

  constructor(
    failure: TransportFailure,
    message: string,
    more: {
      systemCode?: string | null
      names?: string[] | null
      timeout?: { name: TimeoutName; ms: number }
    } = {},
  ) {
    super(message)
    this.failure = failure
    this.systemCode = more.systemCode ?? null
    this.names = more.names ?? null
    this.timeout = more.timeout ?? null
  }
}

export function timedOut(name: TimeoutName, ms: number): TransportError {
  return new TransportError('timeout', `${name} time-out after ${ms} ms`, { timeout: { name, ms } })
}

export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
