import { looksUnfilled } from './fill-in.ts'

const prefix = /^(?:tel|sms|whatsapp|phone):/i

/** `tel:` and the like, which stay in front of a number. */
export function numberPrefix(value: string): string {
  return prefix.exec(value)?.[0] ?? ''
}

/** Whether a value could be a phone number, or a vendor's dummy of one such as `+91XXXXXXXXXX`. */
export function isPhone(value: string): boolean {
  if (value.length > 40) return false
  const text = value.slice(numberPrefix(value).length).trim()
  if (!/^(?:\+|00)?[\dxX() .-]+$/.test(text)) return false
  const digits = text.replace(/[^\dxX]/g, '')
  return (
    digits.length >= 7 && digits.length <= 17 && /^\d|^[xX]/.test(digits) && !/^\d{4}-\d\d-\d\d/.test(text)
  )
}

/** Several of them, separated by commas or semicolons. */
export function isPhoneList(value: string): boolean {
  if (value.length > 5000 || !/[,;|]/.test(value)) return false
  const pieces = value.split(/[,;|]/).filter((piece) => piece.trim() !== '')
  return pieces.length > 0 && pieces.every((piece) => isPhone(piece.trim()))
}

/** Without a name that says so, only a full international number counts. */
export function isPlainlyPhone(value: string): boolean {
  const digits = value.replace(/\D/g, '').length
  return (
    isPhone(value) && !/[xX]/.test(value) && digits <= 15 && digits >= (value.trim().startsWith('+') ? 8 : 10)
  )
}

/** What stands for a number in a vendor's page: `<recipient>`, `RECIPIENT_NUMBER`, `$$To`. */
export function isNumberHint(value: string): boolean {
  return looksUnfilled(value)
}

/** Texts that are written for machines rather than for people. */
export function isStructured(value: string): boolean {
  return /^\s*[[{<]/.test(value) && !looksUnfilled(value)
}

export function isFlag(value: string): boolean {
  return (
    value.trim() === '' ||
    /^(?:\d{1,4}|true|false|null|none|yes|no|sms|text|plain|unicode)$/i.test(value.trim())
  )
}

/** Tokens that show by their look what they are. */
export function looksLikeKey(value: string): boolean {
  return /^(?:eyJ[\w-]{10,}\.|(?:sk|pk|rk|key|live|test)[-_][\w-]{12,}$)/i.test(value.slice(0, 300))
}

/** Of a weak name only a value of some length with a digit in it is a credential. */
export function isKeyShaped(value: string): boolean {
  return value.length >= 8 && /\d/.test(value) && !/\s/.test(value)
}
