/** ISO 4217: those that SMS vendors commonly bill in. Any other code can be typed. */
export const commonCurrencies = [
  'USD',
  'EUR',
  'GBP',
  'INR',
  'AED',
  'AUD',
  'BRL',
  'CAD',
  'CHF',
  'CNY',
  'DKK',
  'EGP',
  'GHS',
  'IDR',
  'JPY',
  'KES',
  'MXN',
  'MYR',
  'NGN',
  'NOK',
  'NZD',
  'PHP',
  'PKR',
  'PLN',
  'SAR',
  'SEK',
  'SGD',
  'THB',
  'TRY',
  'TZS',
  'UGX',
  'VND',
  'ZAR',
]

const names = new Intl.DisplayNames(undefined, { type: 'currency', fallback: 'none' })

/** The currency's name, or nothing for what is not a code. */
export function currencyName(code: string): string | undefined {
  const plain = code.trim().toUpperCase()
  return /^[A-Z]{3}$/.test(plain) ? names.of(plain) : undefined
}
