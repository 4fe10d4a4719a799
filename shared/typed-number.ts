/**
 * Phone numbers as people type them and as they come out of web pages, mails and address books: brought down to `+` and
 * digits, or refused with the reason. What the digits mean is not looked at here.
 */
export interface TypedNumber {
  /** Digits, after `+` if one was typed. */
  digits: string
  /** Without the 0 of "+44 (0) 20", which some countries' numbers keep and others must lose. */
  withoutZero: string | null
  refusal: string | null
}

const longest = 200
const digitsAlready = /^\+?[1-9]\d*$/
const tidyAlready = /^[+\d][\d \-./]*$/
const label = /^(?:telephone|tel|phone|mobile|cell|smsto|sms|callto)\b[\s.:/]*/i
const context = /;phone-context=(\+\d+)/i
const parameters = /;(?!ext=)[a-z-]+=[^;]*|\?.*$/gi
const extension = /(?<=[\d)\s])(?:;?\s*ext=|ext(?:ensio)?n?[.:]?|x|#|,{2,}|;)\s*\d{1,7}#?$/i
const several = /\d\D*[,;|&\n]\D*\d|\d\D*\bor\b\D*\d|\d[^\d+]*\+/i

/** Never throws, whatever is given. */
export function tidyNumber(typed: string): TypedNumber {
  if (digitsAlready.test(typed)) return { digits: typed, withoutZero: null, refusal: null }
  if (tidyAlready.test(typed)) return digitsOf(typed)
  if (typed.length > longest) return refused('Enter one phone number; this is far longer than one.')
  const text = stripLabels(foldCharacters(typed))
  const refusal = refusalOf(text)
  return refusal === null ? digitsOf(text) : refused(refusal)
}

function digitsOf(text: string): TypedNumber {
  const digits = text.replace(/\D/g, '')
  if (!text.startsWith('+') && !text.startsWith('(+')) return { digits, withoutZero: null, refusal: null }
  const international = `+${digits.replace(/^00/, '')}`
  const zero = /\(0+\)/.test(text) ? `+${text.replace(/\(0+\)/, '').replace(/\D/g, '')}` : null
  return { digits: international, withoutZero: zero, refusal: null }
}

function refused(refusal: string): TypedNumber {
  return { digits: '', withoutZero: null, refusal }
}

/** Digits of every script, dashes, dots and spaces become the plain ones; what cannot be seen goes. */
function foldCharacters(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{M}]/gu, '')
    .replace(/\p{Nd}/gu, (digit) => String(valueOf(digit)))
    .replace(/[\p{Pd}−]/gu, '-')
    .replace(/[·•‧∙]/g, '.')
    .replace(/[^\S\n]/g, ' ')
}

/** Unicode gives each script's digits ten code points in a row, 0 first. */
function valueOf(digit: string): number {
  const point = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(point - value - 1))) value += 1
  return value
}

function stripLabels(text: string): string {
  let rest = text.trim()
  if (/^[a-z]+:.*%[0-9a-f]{2}/i.test(rest)) rest = rest.replace(/%2B/gi, '+').replace(/%(?:20|C2%A0)/gi, ' ')
  rest = rest.replace(/^[^+\p{L}\d(*#]+/u, '').replace(label, '')
  const place = context.exec(rest)?.[1]
  rest = rest.replace(parameters, '').replace(/[^\p{L}\d)#*+]+$/u, '')
  return (place && !rest.startsWith('+') ? `${place} ${rest}` : rest).replace(/^\+[\s+]*/, '+')
}

function refusalOf(text: string): string | null {
  const tail = extension.exec(text)?.[0].trim()
  if (tail) return `A text message cannot reach an extension: take off “${tail}”.`
  if (several.test(text)) return 'Enter one number; this looks like several.'
  const letters = text.match(/\p{L}+/gu)
  if (letters) return refusalOfLetters(text, letters)
  const stranger = /[^\d+()\-./ ]/u.exec(text)?.[0]
  return stranger ? `“${stranger}” does not belong in a phone number.` : null
}

function refusalOfLetters(text: string, letters: string[]): string {
  const words = letters.map((word) => `“${word}”`).join(', ')
  if (!/\d/.test(text)) return `A phone number is made of digits; ${words} is not.`
  if (letters.every((word) => /^[OoIl]$/.test(word))) {
    const meant = letters[0]?.toLowerCase() === 'o' ? 0 : 1
    return `“${letters[0]}” is a letter; if the digit ${meant} is meant, write that.`
  }
  if (letters.length > 1 || !/\d[^\da-z]*[a-z]{3,}/i.test(text)) return `Digits only: take out ${words}.`
  return `Digits only. If ${words} is dialled on a keypad, write ${text.replace(/[a-z]/gi, keyOf)}.`
}

const keys = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz']

function keyOf(letter: string): string {
  return String(keys.findIndex((key) => key.includes(letter.toLowerCase())) + 2)
}
