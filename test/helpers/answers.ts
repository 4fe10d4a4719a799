import type { BodyTest } from '#shared/success-rule.ts'
import { classifyAnswer } from '../../electron/sending/answer/classify-answer.ts'
import type { Rules } from '../../electron/sending/answer/judge.ts'

interface Given {
  status?: number
  type?: string
  retryAfter?: string
}

export const noReading = { messageId: '', errorCode: '', errorText: '' }

/** What a provider's settings say of answers: any 2xx whose body passes the test. */
export const rules = (body: BodyTest, more: Partial<Rules> = {}): Rules => ({
  success: { statusFrom: 200, statusTo: 299, body },
  reading: noReading,
  codes: [],
  ...more,
})

/** How an answer of the vendor at `api.test` is classified. */
export function outcomeOf(given: Rules, body: string, { status = 200, type, retryAfter }: Given = {}) {
  const headers = [
    ...(type === undefined ? [] : [{ name: 'Content-Type', value: type }]),
    ...(retryAfter === undefined ? [] : [{ name: 'retry-after', value: retryAfter }]),
  ]
  const answer = { status, statusText: '', headers, body: Buffer.from(body) }
  return classifyAnswer(given, 'api.test', answer).outcome
}
