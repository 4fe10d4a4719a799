import type { AnswerReading, Found, ReadAnswerInput } from '#shared/provider-tools.ts'
import { classifyAnswer } from './classify-answer.ts'

/** What rules make of an answer: the same path as a real one takes. */
export function readAnswer({ success, reading, codes, answer }: ReadAnswerInput): AnswerReading {
  const { status, contentType, body } = answer
  // The text was made of its bytes when it came in; here it is UTF-8, whatever its type said.
  const type = contentType.replace(/;\s*charset\s*=[^;]*/i, '')
  const headers = type === '' ? [] : [{ name: 'content-type', value: type }]
  const full = { status, statusText: '', headers, body: Buffer.from(body) }
  const { outcome, judgement } = classifyAnswer({ success, reading, codes }, null, full)
  const { statusFits, bodyFits, found } = judgement
  return {
    statusFits,
    bodyFits,
    body: plain(found.body),
    messageId: plain(found.messageId),
    errorCode: plain(found.errorCode),
    errorText: plain(found.errorText),
    outcome,
  }
}

const plain = ({ value, problem }: Found): Found => ({ value, problem })
