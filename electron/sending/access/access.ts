import { Places } from './places.ts'
import { Routes } from './routes.ts'
import type { Outgoing } from '../outgoing.ts'
import type { SystemProxy } from './system-proxy.ts'
import { TokenMemory } from './token-memory.ts'
import { Tokens } from './tokens.ts'
import { Turns, type Clock } from './turns.ts'

/** What a message may need before it can go out: a way to the host, a token, a place beside the others, its turn. */
export interface Access {
  routes: Routes
  tokens: Tokens
  turns: Turns
  places: Places
}

export interface AccessParts {
  outgoing: Outgoing
  systemProxy: SystemProxy
  /** Makes a secret known to the redaction. */
  remember: (secret: string) => void
  forget: (secret: string) => void
  now: () => number
  clock?: Clock | undefined
}

export function openAccess({ outgoing, systemProxy, remember, forget, now, clock }: AccessParts): Access {
  return {
    routes: new Routes(systemProxy, remember),
    tokens: new Tokens({ outgoing, memory: new TokenMemory({ remember, forget, now }), now }),
    turns: new Turns(clock),
    places: new Places(),
  }
}
