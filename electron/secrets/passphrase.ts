import { randomBytes, scrypt, scryptSync } from 'node:crypto'
import { promisify } from 'node:util'
import { unwrapKey, wrapKey, type DataKey } from './sealing.ts'

/** Costs of scrypt as in RFC 7914. */
export interface ScryptCosts {
  N: number
  r: number
  p: number
}

/** 128 MiB and about half a second: OWASP's first choice for scrypt. */
export const usualCosts: ScryptCosts = { N: 2 ** 17, r: 8, p: 1 }

export interface PassphraseWrapping {
  wrapped: string
  salt: string
  params: ScryptCosts
}

const derive = promisify<string, Buffer, number, ScryptCosts & { maxmem: number }, Buffer>(scrypt)

export async function wrapWithPassphrase(
  passphrase: string,
  key: DataKey,
  params: ScryptCosts,
): Promise<PassphraseWrapping> {
  const salt = randomBytes(16).toString('base64url')
  return { wrapped: wrapKey(await stretch(passphrase, salt, params), key), salt, params }
}

/** Null when it is not the right passphrase. */
export async function unwrapWithPassphrase(
  passphrase: string,
  id: string,
  { wrapped, salt, params }: PassphraseWrapping,
): Promise<DataKey | null> {
  return unwrapKey(await stretch(passphrase, salt, params), id, wrapped)
}

/** The same while everything waits, for a passphrase that the host was started with. */
export function unwrapWithPassphraseNow(
  passphrase: string,
  id: string,
  { wrapped, salt, params }: PassphraseWrapping,
): DataKey | null {
  const wrapping = scryptSync(normal(passphrase), Buffer.from(salt, 'base64url'), 32, withMemory(params))
  return unwrapKey(wrapping, id, wrapped)
}

function stretch(passphrase: string, salt: string, params: ScryptCosts): Promise<Buffer> {
  return derive(normal(passphrase), Buffer.from(salt, 'base64url'), 32, withMemory(params))
}

/** Keyboards of different systems type the same letter in different code points. */
function normal(passphrase: string): string {
  return passphrase.normalize('NFKC')
}

function withMemory({ N, r, p }: ScryptCosts) {
  return { N, r, p, maxmem: 256 * N * r }
}
