import type { Random } from './random.ts'
import type { Language } from './texts.ts'

export interface Person {
  /** E.164, of the shape that the country's mobile numbers have. */
  to: string
  country: string
  language: Language
}

interface Country {
  code: string
  language: Language
  /** The beginning of a number, and how many digits follow. */
  number: readonly [start: string, digits: number]
}

/** The American and the British ones lie in ranges that are kept free for fiction. */
const countries: readonly (readonly [weight: number, country: Country])[] = [
  [26, { code: 'IN', language: 'hi', number: ['+9198', 8] }],
  [12, { code: 'IN', language: 'en', number: ['+9170', 8] }],
  [30, { code: 'US', language: 'en', number: ['+1', 0] }],
  [9, { code: 'GB', language: 'en', number: ['+447700900', 3] }],
  [8, { code: 'DE', language: 'de', number: ['+49151', 8] }],
  [6, { code: 'FR', language: 'fr', number: ['+336', 8] }],
  [5, { code: 'BR', language: 'pt', number: ['+55119', 8] }],
  [4, { code: 'SA', language: 'ar', number: ['+9665', 8] }],
  [3, { code: 'CN', language: 'zh', number: ['+86138', 8] }],
  [2, { code: 'JP', language: 'ja', number: ['+8190', 8] }],
  [2, { code: 'NG', language: 'en', number: ['+234803', 7] }],
  [0.3, { code: 'IS', language: 'en', number: ['+3546', 6] }],
  [0.05, { code: 'FJ', language: 'en', number: ['+6797', 6] }],
]

export function peopleFor(messages: number, random: Random): Person[] {
  const count = Math.min(60_000, Math.max(40, Math.round(messages / 15)))
  return Array.from({ length: count }, () => {
    const { code, language, number } = random.weighted(countries)
    return { to: numberOf(number, random), country: code, language }
  })
}

/** Some get many messages, most get few. */
export function someoneOf(people: readonly Person[], random: Random): Person {
  const share = random.next()
  const person = people[Math.floor(share * share * people.length)]
  if (!person) throw new Error('there is nobody to write to')
  return person
}

function numberOf([start, digits]: Country['number'], random: Random): string {
  if (digits > 0) return start + random.digits(digits)
  return `+1${random.between(2, 9)}${random.digits(2)}55501${random.digits(2)}`
}
