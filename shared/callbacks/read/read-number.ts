import { readE164, readPhone, type CountryCode } from '../../phone.ts'

/** Shorter ones are short codes, which belong to no country. */
const fewestDigits = 7

/**
 * A number in E.164, where it can be told; else as it is written: short codes, names of senders. `country` is that of
 * numbers without a country code.
 */
export function readCallbackNumber(written: string, country: string | undefined): string {
  const text = written.trim()
  // A plus that stood in a form unescaped arrives as a space, which is gone.
  if (!/^[+\d][\d ().-]*$/.test(text) || text.replace(/\D/g, '').length < fewestDigits) return text
  if (text.startsWith('+')) return readE164(text, null)?.e164 ?? text
  const national = country === undefined ? null : readPhone(text, country as CountryCode)
  if (national?.ok && national.number.doubt === null) return national.number.e164
  return readE164(text.startsWith('00') ? text : `+${text}`, null)?.e164 ?? text
}
