import { createHash } from 'node:crypto'

const mostAttempts = 1000

/** With which access token an attempt was sent: a digest in memory, for the token itself is kept in one place only. */
export class TokensSent {
  private readonly digests = new Map<string, string>()

  note(attemptId: string | undefined, token: string | undefined): void {
    if (attemptId === undefined || token === undefined) return
    this.digests.set(attemptId, digestOf(token))
    const [oldest] = this.digests.keys()
    if (this.digests.size > mostAttempts && oldest !== undefined) this.digests.delete(oldest)
  }

  /** That of these which the attempt was sent with, or null where it is not among them. */
  among(attemptId: string, tokens: readonly string[]): string | null {
    const digest = this.digests.get(attemptId)
    return (digest !== undefined && tokens.find((token) => digestOf(token) === digest)) || null
  }
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64')
}
