import type { CommandName, EventEnvelope } from '#shared/contract.ts'
import type { ErrorCode, ErrorDetails } from '#shared/errors.ts'

/** The workbench's own failures, and two that only a page can meet. */
export type FailureCode = ErrorCode | 'connection_lost' | 'signed_out'

export interface Failure {
  code: FailureCode
  message: string
  details: ErrorDetails
}

/** Like the contract's `Outcome`, with the failures of the way there. */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: Failure }

/** How commands and events travel; one kind per host. */
export interface Transport {
  call(name: CommandName, input: unknown): Promise<Answer<unknown>>
  on(listener: (event: EventEnvelope) => void): () => void
}

export const connectionLost: Failure = {
  code: 'connection_lost',
  message: 'The workbench does not answer.',
  details: {},
}
export const signedOut: Failure = { code: 'signed_out', message: 'The address lacks its token.', details: {} }
