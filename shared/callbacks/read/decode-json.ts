import { jsonProblem } from '../../json-problem.ts'
import { parseKeepingLongIntegers } from '../../json-text.ts'
import { deepestJson, depthOf } from './limits.ts'

const looksLikeJson = /^\s*[[{]/

/** An array or object that a text holds; null where it holds none, or one that nests too deep. */
export function readJson(text: string): { value: object } | null {
  if (!looksLikeJson.test(text) || depthOf(text) > deepestJson) return null
  try {
    const value = parseKeepingLongIntegers(text)
    return typeof value === 'object' && value !== null ? { value } : null
  } catch {
    return null
  }
}

/** Why a text that begins as JSON is not read as such, with the place. */
export function whyNoJson(text: string): string {
  const problem = jsonProblem(text)
  if (problem) return `The body is not JSON at character ${problem.from + 1}: ${problem.message}`
  return `The JSON nests deeper than ${deepestJson} levels.`
}
