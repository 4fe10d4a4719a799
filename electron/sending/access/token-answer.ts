import type { AttemptOutcome, OutcomeFacts } from '#shared/outcome.ts'
import { retryAfterSeconds } from '../answer/retry-after.ts'
import type { ExchangeAnswer } from '../exchange.ts'

/** An access token as its server describes it (RFC 6749, 5.1). */
export interface TokenGrant {
  token: string
  /** Null when the server does not say. */
  expiresInSeconds: number | null
  scope: string | null
}

export type TokenReading = { ok: true; grant: TokenGrant } | { ok: false; outcome: AttemptOutcome }

/** Reads a token server's answer; anything but a usable token is an outcome, and no message has gone out yet. */
export function readTokenAnswer(host: string, answer: ExchangeAnswer): TokenReading {
  const body = answer.body.toString('utf8')
  const json = objectIn(body)
  const facts: OutcomeFacts = { host, status: answer.status, ...errorsIn(json) }
  const retryAfter = retryAfterSeconds(headerOf(answer, 'retry-after'))
  if (retryAfter !== null) facts.retryAfterSeconds = retryAfter
  const unavailable = (reason: string): TokenReading => {
    return {
      ok: false,
      outcome: { class: 'unavailable', code: 'token_unavailable', facts: { ...facts, reason } },
    }
  }
  const { status } = answer
  if (status === 408 || status === 429) return unavailable(`it answers with HTTP ${status}`)
  if (status >= 400 && status < 500) {
    return { ok: false, outcome: { class: 'misconfigured', code: 'token_refused', facts } }
  }
  if (status >= 300 && status < 400) {
    return unavailable(
      `it redirects to ${headerOf(answer, 'location') ?? 'another address'} (HTTP ${status})`,
    )
  }
  if (status < 200 || status > 299) return unavailable(`it answers with HTTP ${status}`)
  if (!json) return unavailable('its answer is not a JSON object')
  return grantIn(json, unavailable)
}

function grantIn(json: Record<string, unknown>, unavailable: (reason: string) => TokenReading): TokenReading {
  const token = json['access_token']
  if (typeof token !== 'string' || token === '') return unavailable('its answer holds no access_token')
  // What a header cannot carry would fail every message (RFC 6750, 2.1 allows less still).
  if (!/^[\x21-\x7E]+$/.test(token)) return unavailable('its token holds characters that no header can carry')
  const type = json['token_type']
  // "BearerToken" and the like are met; another kind of token would have to be used in another way.
  if (typeof type === 'string' && type !== '' && !/^bearer/i.test(type))
    return unavailable(`its token is of the type “${type}”, and only bearer tokens are known`)
  const scope = json['scope']
  return {
    ok: true,
    grant: {
      token,
      expiresInSeconds: secondsOf(json['expires_in']),
      scope: typeof scope === 'string' && scope !== '' ? scope : null,
    },
  }
}

const longestLifetimeSeconds = 365 * 86_400

/** A number, or a number as text, as some servers write it; never so large that no date can tell when it ends. */
function secondsOf(value: unknown): number | null {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) return null
  return Math.min(longestLifetimeSeconds, Math.max(0, seconds))
}

/** RFC 6749, 5.2. */
function errorsIn(json: Record<string, unknown> | null): OutcomeFacts {
  const facts: OutcomeFacts = {}
  const [code, text] = [json?.['error'], json?.['error_description']]
  if (typeof code === 'string' && code !== '') facts.errorCode = code
  if (typeof text === 'string' && text !== '') facts.errorText = text.replace(/\.$/, '')
  return facts
}

function objectIn(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

function headerOf(answer: ExchangeAnswer, name: string): string | null {
  return answer.headers.find((header) => header.name.toLowerCase() === name)?.value ?? null
}
