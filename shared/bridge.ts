import type { CommandName, EventEnvelope } from './contract.ts'
import type { Outcome } from './errors.ts'

/**
 * What the desktop host's preload gives the page as `window.workbench`, and all that it gives. The headless host has no
 * preload: there the page posts to `/rpc` and listens on `/events`.
 */
export interface Bridge {
  /** `input` crosses by structured clone, so it has to be plain data. Never rejects for an expected failure. */
  call(name: CommandName, input: unknown): Promise<Outcome<unknown>>
  /** Answers with the function that ends the subscription. */
  on(listener: (event: EventEnvelope) => void): () => void
}
