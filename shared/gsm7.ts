/**
 * The GSM 7-bit default alphabet and its extension table, as of 3GPP TS 23.038, sections 6.2.1 and 6.2.1.1.
 * The national tables of its annex are left out: a gateway uses them only when told to.
 */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'

/** Each is sent as an escape and a septet of its own, and so counts two. */
export const extensionCharacters = '\f^{}\\[~]|€'

/** Septets by UTF-16 code unit, 0 for what the alphabet lacks. Whole, so that no look-up is out of bounds. */
export const septetsOfUnit = new Uint8Array(0x10000)
for (const character of basic) septetsOfUnit[character.charCodeAt(0)] = 1
for (const character of extensionCharacters) septetsOfUnit[character.charCodeAt(0)] = 2

export function isGsm7(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (septetsOfUnit[text.charCodeAt(index)] === 0) return false
  }
  return true
}
