import { createHash } from 'node:crypto'
import type { SignatureKind } from '#shared/callbacks/format.ts'
import { telnyxKeys } from './telnyx.ts'

const seedOf = (name: string) => createHash('sha256').update(name).digest()

/**
 * What the simulated Telnyx signs with. Everybody can know it, as it is the same everywhere: a listener may go by it only
 * for requests that it knows to be the simulator's own.
 */
export const simulatedTelnyx = telnyxKeys(seedOf('SMS Workbench, simulated Telnyx'))

/** Another, for signatures that are to be wrong. */
export const spoiltTelnyx = telnyxKeys(seedOf('SMS Workbench, another Telnyx'))

/** What the simulator's own requests may be verified with, besides the account's key. */
export const simulatedKeys = (kinds: readonly SignatureKind[]): string[] =>
  kinds.includes('telnyx') ? [simulatedTelnyx.publicKey] : []
