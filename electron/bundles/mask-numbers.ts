import { createHmac, randomBytes } from 'node:crypto'
import { AppError } from '#shared/errors.ts'
import { readPhone } from '#shared/phone.ts'
import type { Bundle } from '#shared/bundle/format.ts'
import { mapTexts, textsOf } from './map-texts.ts'

/** Shorter ones are short codes, which nobody is called by. */
const shortestNumber = 7
const mostTries = 400
/** Each is looked for in all of the texts. */
const mostNumbers = 500

const written = /(?:\+|%2B|&#43;)(\d{7,15})(?!\d)/gi

/**
 * Puts other numbers in place of those of people: each by one of the same country and length, the same one wherever it
 * stands and however it is written. Which one is drawn anew for each export.
 */
export function maskNumbers(bundle: Bundle): { bundle: Bundle; numbers: number } {
  const key = randomBytes(16)
  const stands = new Map<string, string>()
  const numbers = numbersIn(bundle)
  if (numbers.size > mostNumbers) throw tooMany()
  const taken = new Set(numbers)
  for (const number of numbers) {
    const other = standIn(number, key, taken)
    stands.set(number, other)
    taken.add(other)
  }
  // The longest first: a shorter one may be a part of it.
  const patterns = [...stands]
    .map(([number, other]) => replacementOf(number, other))
    .sort((one, next) => next.length - one.length)
  const change = (text: string) =>
    /\d{4}|\d\D{1,3}\d/.test(text) ? patterns.reduce((before, { replace }) => replace(before), text) : text
  const masked = mapTexts(bundle, change)
  return { bundle: { ...masked, masked: { ...masked.masked, numbers: true } }, numbers: stands.size }
}

/** In E.164. */
function numbersIn(bundle: Bundle): Set<string> {
  const { message, callbacks, providers } = bundle
  const named = [
    message.to,
    message.from,
    ...providers.map(({ settings }) => settings.from),
    ...callbacks.flatMap(({ items }) => items.flatMap(({ to, from }) => [to, from])),
  ]
  const found = new Set<string>()
  for (const one of named) {
    const digits = (one ?? '').replace(/[\s().-]/g, '')
    if (/^\+?\d{7,15}$/.test(digits)) found.add(`+${digits.replace(/^\+/, '')}`)
  }
  for (const text of textsOf(bundle)) for (const [, digits] of text.matchAll(written)) found.add(`+${digits}`)
  return found
}

function tooMany(): AppError {
  const message = `The bundle names more than ${mostNumbers} numbers, so they cannot be masked. Its callbacks are of many messages; export it without masking numbers.`
  return new AppError('invalid_input', message, { issues: [{ path: 'maskNumbers', message }] })
}

function standIn(number: string, key: Buffer, taken: ReadonlySet<string>): string {
  const reading = readPhone(number, null)
  const country = reading.ok ? reading.number.country : null
  const code = codeOf(number)
  const national = number.slice(code.length)
  for (let tries = 0; tries < mostTries; tries += 1) {
    // Ranges are told by their first digits: more of them stay when others fit no range.
    const kept = Math.min(1 + Math.floor(tries / 100), Math.max(0, national.length - 4))
    const other =
      code + national.slice(0, kept) + digitsFor(`${tries} ${number}`, key, national.length - kept)
    const read = readPhone(other, null)
    const fits =
      country === null || (read.ok && read.number.country === country && read.number.doubt === null)
    if (other !== number && !taken.has(other) && fits) return other
  }
  return code + national.slice(0, 2) + digitsFor(number, key, national.length - 2)
}

/** The plus and the country's code. */
function codeOf(number: string): string {
  const reading = readPhone(number, null)
  return reading.ok ? (/^\+\d+/.exec(reading.number.international)?.[0] ?? '+') : number.slice(0, 3)
}

function digitsFor(seed: string, key: Buffer, length: number): string {
  const bytes = createHmac('sha256', key).update(seed).digest()
  return Array.from({ length }, (_, index) => String((bytes[index % bytes.length] ?? 0) % 10)).join('')
}

/** Digits one by one, with whatever parts them left where it is; the country's code is the same in both. */
function replacementOf(number: string, other: string): { length: number; replace: (text: string) => string } {
  const skip = codeOf(number).length
  const national = number.slice(skip).length >= shortestNumber - 1 ? number.slice(skip) : number.slice(1)
  const digits = other.slice(-national.length)
  const pattern = new RegExp([...national].join('(?:[ ().\\-–/\\u00a0]|%20|\\+){0,3}'), 'g')
  const replace = (text: string) =>
    text.replace(pattern, (found) => {
      let index = 0
      return found.replace(/%20|\d/g, (part) => (part === '%20' ? part : (digits[index++] ?? part)))
    })
  return { length: national.length, replace }
}
