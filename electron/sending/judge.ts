import { runInNewContext } from 'node:vm'
import { asText, namesError, readPath } from '#shared/json-path.ts'
import type { Found, ReadAnswerInput } from '#shared/provider-tools.ts'

/** The parts of a provider's settings that read its answers. */
export type Rules = Pick<ReadAnswerInput, 'success' | 'reading' | 'codes'>

export interface Judgement {
  statusFits: boolean
  bodyFits: boolean
  messageId: string
  errorCode: string
  errorText: string
  /** The vendor names an error, and does not just fill its error field in. */
  hasError: boolean
  found: { body: Found; messageId: Found; errorCode: Found; errorText: Found }
}

/** Holds an answer against the provider's success rule and reads out what the vendor says in it. */
export function judge(
  rule: Rules['success'],
  reading: Rules['reading'],
  status: number,
  body: string,
): Judgement {
  const json = lazyJson(body)
  const find = (path: string) => (path === '' ? undefined : readPath(json(), path))
  const [errorCode, errorText] = [find(reading.errorCode), find(reading.errorText)]
  return {
    statusFits: status >= (rule.statusFrom ?? Infinity) && status <= (rule.statusTo ?? 0),
    bodyFits: fits(rule.body, body, json),
    messageId: asText(find(reading.messageId)),
    errorCode: asText(errorCode),
    errorText: asText(errorText),
    hasError: namesError(errorCode) || namesError(errorText),
    found: {
      body: foundOf(rule.body.kind === 'json' ? find(rule.body.path) : undefined),
      messageId: foundOf(find(reading.messageId)),
      errorCode: foundOf(errorCode),
      errorText: foundOf(errorText),
    },
  }
}

function foundOf(value: unknown): Found {
  return { value: value === undefined || value === null ? null : asText(value), problem: null }
}

function fits(test: Rules['success']['body'], body: string, json: () => unknown): boolean {
  switch (test.kind) {
    case 'none':
      return true
    case 'contains':
      return body.includes(test.text)
    case 'matches':
      return matches(test.pattern, body)
    case 'xml':
      return false
    case 'json': {
      const found = readPath(json(), test.path)
      return test.equals === '' ? found !== undefined && found !== null : asText(found) === test.equals
    }
  }
}

const patternLimitMs = 100

/** Runs away patterns are stopped: V8 ends a regular expression when the script's time is up. */
function matches(pattern: string, body: string): boolean {
  try {
    return (
      runInNewContext('new RegExp(pattern).test(body)', { pattern, body }, { timeout: patternLimitMs }) ===
      true
    )
  } catch {
    return false
  }
}

function lazyJson(body: string): () => unknown {
  let parsed: { value: unknown } | null = null
  return () => {
    parsed ??= { value: parse(body) }
    return parsed.value
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body, keepLongIntegers)
  } catch {
    return undefined
  }
}

/** An id such as 12345678901234567890 does not fit a number; it is kept as it is written, or receipts never match. */
function keepLongIntegers(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !source) return value
  return /^-?\d+$/.test(source) ? source : value
}
