import { asText, namesError } from './json-path.ts'
import type { Attempt, RecordedResponse } from './attempt.ts'

/**
 * What in the answer speaks against it, in words, where it was accepted for its status alone: many gateways answer 200
 * with an error text. Null where nothing does, and where a rule has looked at the body. It changes no verdict.
 */
export function doubtOf({ outcome, response }: Pick<Attempt, 'outcome' | 'response'>): string | null {
  if (!outcome?.facts.statusOnly || !response) return null
  const found = suspicionOf(response)
  if (found === null) return null
  return `Only the status was checked. ${found} If that means failure, add a test on the body to the success rule.`
}

function suspicionOf({ headers, body }: RecordedResponse): string | null {
  const text = body.trim()
  const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? ''
  if (text === '') return null
  if (/\bhtml\b/i.test(type) || /^<(?:!doctype html|html)\b/i.test(text))
    return 'The answer is an HTML page, as a login or a gateway sends it.'
  if (/\bjson\b/i.test(type) || /^[{[]/.test(text)) return suspicionInJson(text)
  const element = /<(\w*(?:error|fault|exception)\w*)[\s>][^<]*/i.exec(text)
  if (element) return `The body has an element <${element[1]}>.`
  return /^(?:err|fail|invalid|denied|reject|unauthori[sz]ed)/i.test(text)
    ? `The body begins with “${shortened(text)}”.`
    : null
}

function suspicionInJson(text: string): string | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'The body is not whole JSON: it is damaged or cut off.'
  }
  const found = findFailure(value, 0)
  return found && `The body says “${found.name}”: ${shortened(asText(found.value))}.`
}

interface Named {
  name: string
  value: unknown
}

const errorName = /^(?:errors?|err|fault|exception|error[-_]?(?:code|text|message|description|no))$/i
const stateName = /^(?:status|state|result|type|success|ok|accepted)$/i
const failed = /^(?:error|err|fail(?:ed|ure)?|rejected|invalid|denied|false|nok|ko)$/i
const deepest = 4
const mostLooked = 50

/** The first member, outermost first, that names an error or a failed state. */
function findFailure(value: unknown, depth: number): Named | null {
  if (typeof value !== 'object' || value === null || depth > deepest) return null
  const members = Object.entries(value).slice(0, mostLooked)
  for (const [name, member] of members) if (isFailure(name, member)) return { name, value: member }
  for (const [, member] of members) {
    const inner = findFailure(member, depth + 1)
    if (inner) return inner
  }
  return null
}

function isFailure(name: string, value: unknown): boolean {
  if (stateName.test(name)) return failed.test(asText(value))
  if (!errorName.test(name)) return false
  if (typeof value !== 'object' || value === null) return namesError(value)
  return Object.keys(value).length > 0
}

const longest = 80
const shortened = (text: string) => {
  const line = text.replace(/\s+/g, ' ')
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}
