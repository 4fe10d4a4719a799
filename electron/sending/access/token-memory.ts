export interface TokenMemoryParts {
  /** Makes a token known to the redaction. */
  remember: (token: string) => void
  forget: (token: string) => void
  now: () => number
}

/** Where its server does not say how long a token is valid. */
const unknownLifeSeconds = 3600
/** What was sent with a token may still be echoed, or logged, a while after it has expired. */
const marginMs = 3_600_000

/** Has tokens taken out of all that is written while they are of use, and not for ever: new ones come all the time. */
export class TokenMemory {
  private readonly untils = new Map<string, number>()
  private readonly parts: TokenMemoryParts

  constructor(parts: TokenMemoryParts) {
    this.parts = parts
  }

  learn(tokens: readonly string[], lifetimeSeconds: number | null): void {
    const now = this.parts.now()
    for (const [token, until] of this.untils) {
      if (until > now) continue
      this.untils.delete(token)
      this.parts.forget(token)
    }
    const until = now + (lifetimeSeconds ?? unknownLifeSeconds) * 1000 + marginMs
    for (const token of tokens) {
      this.parts.remember(token)
      this.untils.set(token, Math.max(until, this.untils.get(token) ?? 0))
    }
  }

  /** One that is in use is not to be pushed out by newer ones. */
  use(token: string): void {
    this.parts.remember(token)
  }
}
