import { readPhone, type CountryCode, type PhoneReading } from '#shared/phone.ts'
import { formatTyping, type TypingProgress } from '#shared/phone-progress.ts'
import { plural } from '../../lib/format.ts'
import { countryName } from '../../lib/country-name.ts'

export interface NumberWords {
  reading: PhoneReading
  /** The country that the number names, once it can be told. */
  country: CountryCode | null
  error: string | undefined
  hint: string | undefined
  doubt: string | undefined
  /** For a screen reader, when typing rests. */
  spoken: string
}

/** What to say about a number while it is typed; what more digits may mend is no error before the box is left. */
export function describeNumber(typed: string, country: CountryCode | null, left: boolean): NumberWords {
  const reading = readPhone(typed, country)
  const none = { reading, country: null, error: undefined, hint: undefined, doubt: undefined, spoken: '' }
  if (typed.trim() === '') return none
  if (reading.ok) {
    const { e164, country: found, international, doubt } = reading.number
    const hint = found ? `${e164}, ${countryName(found)}` : e164
    const spoken = `Read as ${international}${found ? ` in ${countryName(found)}` : ''}`
    const guessed = found ?? formatTyping(typed, country)?.country ?? null
    return { ...none, country: guessed, hint, doubt: doubt ?? undefined, spoken }
  }
  const progress = formatTyping(typed, country)
  if (left || !reading.incomplete)
    return { ...none, country: progress?.country ?? null, error: reading.message, spoken: reading.message }
  return { ...none, country: progress?.country ?? null, hint: progressWords(reading, progress) }
}

function progressWords(reading: PhoneReading & { ok: false }, progress: TypingProgress | null): string {
  if (!progress?.country || reading.missing === undefined) return reading.message
  const { grouped, country, example } = progress
  const soFar = `${grouped}, ${countryName(country)}`
  if (!example || example.digitsToGo < 1) return `${soFar}: ${reading.message}`
  return `${soFar}: ${plural(example.digitsToGo, 'digit')} to go, as in ${example.international}`
}
