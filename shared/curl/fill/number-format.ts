import { readPhone } from '../../phone.ts'
import type { NumberFormat } from '../../settings.ts'
import { isPhone, isPhoneList, numberPrefix } from './value-shapes.ts'

/** How the sample writes its number: with a plus, as digits from the country code on, or as people do at home. */
export function numberFormatOf(value: string): NumberFormat {
  const first = isPhoneList(value) ? (value.split(/[,;|]/)[0] ?? '') : value
  const number = first.slice(numberPrefix(first).length).trim()
  if (!isPhone(number) || number.startsWith('+')) return 'e164'
  const digits = number.replace(/[^\dxX]/g, '').replace(/^00/, '')
  if (digits.startsWith('0')) return 'national'
  if (/[xX]/.test(digits) || digits.length > 10) return digits.length > 10 ? 'digits' : 'national'
  const reading = readPhone(`+${digits}`, null)
  return reading.ok && reading.number.doubt === null ? 'digits' : 'national'
}
