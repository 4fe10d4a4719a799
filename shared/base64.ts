const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The bytes, a character each; null where it is not written as RFC 4648 has it, so that each text has one Base64. */
export function bytesOfBase64(base64: string): string | null {
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return null
  let bytes = ''
  let held = 0
  let bits = 0
  for (const letter of base64.replace(/=+$/, '')) {
    held = ((held << 6) | alphabet.indexOf(letter)) & 0xfff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes += String.fromCharCode((held >> bits) & 0xff)
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : null
}
