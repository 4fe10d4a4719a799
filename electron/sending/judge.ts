import { runInNewContext } from 'node:vm'
import { asText, namesError, readPath } from '#shared/json-path.ts'
import type { BodyTest, Reading, SuccessRule } from '#shared/success-rule.ts'

export interface Judgement {
  statusFits: boolean
  bodyFits: boolean
  messageId: string
  errorCode: string
  errorText: string
  /** The vendor names an error, and does not just fill its error field in. */
  hasError: boolean
}

/** Holds an answer against the provider's success rule and reads out what the vendor says in it. */
export function judge(rule: SuccessRule, reading: Reading, status: number, body: string): Judgement {
  const json = lazyJson(body)
  const find = (path: string) => (path === '' ? undefined : readPath(json(), path))
  const [errorCode, errorText] = [find(reading.errorCode), find(reading.errorText)]
  return {
    statusFits: status >= rule.statusFrom && status <= rule.statusTo,
    bodyFits: fits(rule.body, body, json),
    messageId: asText(find(reading.messageId)),
    errorCode: asText(errorCode),
    errorText: asText(errorText),
    hasError: namesError(errorCode) || namesError(errorText),
  }
}

function fits(test: BodyTest, body: string, json: () => unknown): boolean {
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
