import type { AnswerReading, Found, ReadAnswerInput } from '#shared/provider-tools.ts'
import { classifyAnswer } from './classify-answer.ts'

/** What rules make of an answer: the same path as a real one takes. */
export function readAnswer({ success, reading, codes, answer }: ReadAnswerInput): AnswerReading {
  const { status, contentType, body } = answer
  const headers = contentType === '' ? [] : [{ name: 'content-type', value: contentType }]
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
