import { createHmac, randomBytes } from 'node:crypto'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isSameSecret } from '../secret-compare.ts'

const secretBytes = 32
const rememberedTokens = 32
const daysValid = 30

/**
 * Turns a token from the printed address into a cookie. The cookie is signed with a key that stays in the workspace, so
 * an open page survives a restart of the host; the tokens do not.
 */
export class Sessions {
  private readonly tokens: string[] = []
  private readonly key: Buffer
  private readonly cookieName: string
  private readonly now: () => number

  /** Cookies do not tell ports apart, so the name does: two hosts on one machine keep two sessions. */
  constructor(folder: string, port: number, now: () => number = Date.now) {
    this.key = signingKey(join(folder, 'session.key'))
    this.cookieName = `sms-workbench-${port}`
    this.now = now
  }

  /** A new token, good until the host stops or many newer ones were asked for. */
  newToken(): string {
    const token = randomBytes(secretBytes).toString('base64url')
    this.tokens.push(token)
    if (this.tokens.length > rememberedTokens) this.tokens.splice(1, 1)
    return token
  }

  /** The Set-Cookie header for a good token, null for any other. */
  open(token: unknown): string | null {
    if (typeof token !== 'string' || !this.knows(token)) return null
    const until = this.now() + daysValid * 86_400_000
    const value = `${until}.${this.sign(String(until))}`
    return `${this.cookieName}=${value}; Path=/; Max-Age=${daysValid * 86_400}; HttpOnly; SameSite=Strict`
  }

  isOpen(cookieHeader: string | undefined): boolean {
    const [until = '', signature = ''] = this.cookieIn(cookieHeader).split('.')
    return isSameSecret(signature, this.sign(until)) && Number(until) > this.now()
  }

  /** Compares with every token, so that the time does not tell which one was near. */
  private knows(token: string): boolean {
    return this.tokens.filter((known) => isSameSecret(token, known)).length > 0
  }

  private cookieIn(header = ''): string {
    const prefix = `${this.cookieName}=`
    const found = header.split(';').find((part) => part.trim().startsWith(prefix))
    return found?.trim().slice(prefix.length) ?? ''
  }

  private sign(until: string): string {
    return createHmac('sha256', this.key).update(`${this.cookieName} ${until}`).digest('base64url')
  }
}

function signingKey(path: string): Buffer {
  const kept = readKey(path)
  if (kept) return kept
  const key = randomBytes(secretBytes)
  writeFileSync(path, key, { mode: 0o600 })
  chmodSync(path, 0o600)
  return key
}

/** Null for a key that is missing or cut short: a new one only asks open pages for a token again. */
function readKey(path: string): Buffer | null {
  try {
    const key = readFileSync(path)
    return key.length === secretBytes ? key : null
  } catch {
    return null
  }
}
