import { remembered } from './remembered.ts'

/** A key or an index; null stands for `[*]`, any element. */
type Step = string | null

interface JsonPath {
  steps: readonly Step[]
  /** Why the path cannot be used, in words for people. */
  issue: string | null
}

/**
 * Reads a value by a plain path: `messages[0].id`, `$.result['message-id']`, `data.0.code`; with `[*]` the first that
 * is there. Answers undefined where the path leads nowhere. Own properties only, so that `constructor` and the like
 * find nothing.
 */
export function readPath(value: unknown, path: string): unknown {
  const { steps, issue } = compiled(path)
  if (issue !== null) return undefined
  if (steps.includes(null)) return readAll(value, path).find((found) => found !== undefined && found !== null)
  let current = value
  for (const step of steps) current = step === null ? undefined : member(current, step)
  return current
}

/** Every value that a path leads to: several with `[*]`, else one or none. */
export function readAll(value: unknown, path: string): unknown[] {
  const { steps, issue } = compiled(path)
  if (issue !== null) return []
  let found = [value]
  for (const step of steps) {
    found = found.flatMap((one) => (step === null ? elementsOf(one) : [member(one, step)]))
    found = found.filter((one) => one !== undefined)
  }
  return found
}

function member(value: unknown, step: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
  return (value as Record<string, unknown>)[step]
}

function elementsOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : []
}

/** The keys and indexes that a path names, null for `[*]`; none for a path that cannot be used. */
export function stepsOf(path: string): readonly (string | null)[] {
  return compiled(path).steps
}

/** What is wrong with a path, in words, or null. */
export function jsonPathIssue(path: string): string | null {
  return compiled(path).issue
}

/** The same few paths are read in every answer. */
const compiled = remembered(500, (path) => compile(path.trim()))

const bracket = /\[\s*(?:"([^"]*)"|'([^']*)'|(\d+)|(\*))\s*\]/y
const name = /[^.[\]]+/y

function compile(path: string): JsonPath {
  const steps: Step[] = []
  let at = /^\$(?=[.[]|$)/.test(path) ? 1 : 0
  const refuse = (issue: string): JsonPath => ({ steps: [], issue })
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at
    const match = pattern.exec(path)
    if (match) at = pattern.lastIndex
    return match
  }
  while (at < path.length) {
    const rest = path.slice(at)
    if (rest.startsWith('..')) return refuse('“..” is not supported: name every step of the path.')
    if (rest.startsWith('.')) at += 1
    else if (!rest.startsWith('[') && steps.length > 0) return refuse(`Write a dot before “${shown(rest)}”.`)
    const step = path[at] === '[' ? take(bracket) : take(name)
    if (!step) return refuse(whyNoStep(path.slice(at)))
    steps.push(stepOf(step))
  }
  return { steps, issue: null }
}

function stepOf(match: RegExpExecArray): Step {
  const [text, double, single, index, any] = match
  if (any !== undefined || text === '*') return null
  return double ?? single ?? index ?? text
}

function whyNoStep(rest: string): string {
  if (rest === '') return 'A name is missing after the last dot.'
  if (rest.startsWith('[?')) return 'Filters are not supported: write [*] for any element.'
  if (rest.startsWith('[')) return `“${shown(rest)}” cannot be read: write [0], ['name'] or [*].`
  return 'There is a “]” without its “[”.'
}

const shown = (text: string) => (text.length > 20 ? `${text.slice(0, 20)}…` : text)

/** A found value as text: strings as they are, other scalars and structures as JSON; null and undefined as nothing. */
export function asText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  try {
    return JSON.stringify(value)
  } catch {
    // Nested deep enough, a structure overflows the stack of whoever writes it out; nobody could read it either.
    return ''
  }
}

const saysNoError = /^(?:[-+]?0+(?:\.0+)?|false|null|none|ok|okay|success|successful|no error)\.?$/i

/**
 * Whether a found value names an error. Many answers carry their error field always, with a zero, an "OK" or an empty
 * list in it when there is none; a structure says nothing that can be told apart from that.
 */
export function namesError(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return false
  const text = asText(value).trim()
  return text !== '' && !saysNoError.test(text)
}
