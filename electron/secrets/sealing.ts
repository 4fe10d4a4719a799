import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const format = 'v1'
const nonceBytes = 12
const tagBytes = 16

/** A data key of the vault. Its id is a fingerprint, so that a wrong key is known as such. */
export interface DataKey {
  id: string
  bytes: Buffer
}

export function newDataKey(): DataKey {
  return dataKeyOf(randomBytes(32))
}

export function dataKeyOf(bytes: Buffer): DataKey {
  return { id: createHash('sha256').update('vault key id').update(bytes).digest('hex').slice(0, 16), bytes }
}

/**
 * AES-256-GCM under a fresh nonce: `v1.<key id>.<nonce>.<ciphertext and tag>`. `place` is not part of the result, but
 * has to be given again: a sealed value that was moved elsewhere does not open.
 */
export function sealText(key: DataKey, place: string, text: string): string {
  const nonce = randomBytes(nonceBytes)
  const sealed = encrypt(key.bytes, nonce, place, Buffer.from(text, 'utf8'))
  return [format, key.id, nonce.toString('base64url'), sealed.toString('base64url')].join('.')
}

/** Null when the value was changed, moved, or sealed with another key. */
export function openText(key: DataKey, place: string, sealed: string): string | null {
  const [version, id, nonce, ciphertext] = sealed.split('.')
  if (version !== format || id !== key.id || !nonce || !ciphertext) return null
  const opened = decrypt(key.bytes, fromBase64(nonce), place, fromBase64(ciphertext))
  return opened && opened.toString('utf8')
}

/** The id of the key that a value was sealed with; empty when it is no sealed value. */
export function keyIdOf(sealed: string): string {
  const [version, id] = sealed.split('.')
  return version === format ? (id ?? '') : ''
}

/** One key wrapped by another, in base64url. */
export function wrapKey(wrapping: Buffer, key: DataKey): string {
  const nonce = randomBytes(nonceBytes)
  return Buffer.concat([nonce, encrypt(wrapping, nonce, key.id, key.bytes)]).toString('base64url')
}

/** Null when the wrapping key is not the right one. */
export function unwrapKey(wrapping: Buffer, id: string, wrapped: string): DataKey | null {
  const bytes = fromBase64(wrapped)
  const opened = decrypt(wrapping, bytes.subarray(0, nonceBytes), id, bytes.subarray(nonceBytes))
  return opened && checkedKey(id, opened)
}

/** Null when these bytes are not the key of that id. */
export function checkedKey(id: string, bytes: Buffer): DataKey | null {
  const key = dataKeyOf(bytes)
  return bytes.length === 32 && key.id === id ? key : null
}

function encrypt(key: Buffer, nonce: Buffer, place: string, content: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place, 'utf8'))
  return Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()])
}

function decrypt(key: Buffer, nonce: Buffer, place: string, content: Buffer): Buffer | null {
  if (nonce.length !== nonceBytes || content.length < tagBytes) return null
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(place, 'utf8')).setAuthTag(content.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(content.subarray(0, -tagBytes)), decipher.final()])
  } catch {
    // The tag does not fit: GCM's only way to say so.
    return null
  }
}

function fromBase64(text: string): Buffer {
  return Buffer.from(text, 'base64url')
}
