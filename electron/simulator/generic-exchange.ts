import { formatAnswer } from './answer-format.ts'
import { bodyFields } from './body-fields.ts'
import type { Decision, Exchange } from './decision.ts'
import { answerTo, commonAnswer, readFields, type SimulatedAnswer } from './generic-provider.ts'
import { formFields } from './vendor/read-body.ts'
import type { RawRequest } from './vendor/vendor-request.ts'

/** A message to the generic provider. */
export function genericExchange({ url, headers, body }: RawRequest, nextId: () => string): Exchange {
  const mark = url.indexOf('?')
  const query = mark < 0 ? {} : formFields(url.slice(mark + 1))
  const fields = readFields([{ ...query, ...bodyFields(headers['content-type'] ?? '', body) }])
  const request = { ...fields, authorization: headers.authorization ?? '' }
  const decided = (answer: SimulatedAnswer) => asDecision(answer, headers.accept ?? '')
  return {
    ...fields,
    decide: () => decided(answerTo(request, nextId)),
    answerAs: (name) => decided(commonAnswer(name, request, nextId)),
  }
}

function asDecision(answer: SimulatedAnswer, accept: string): Decision {
  const { words } = answer
  if (answer.kind !== 'answer') return { kind: answer.kind, words, accepted: true }
  const { contentType, body } = formatAnswer(accept, answer.body)
  return {
    kind: 'reply',
    reply: { status: answer.status, headers: { ...answer.headers, 'content-type': contentType }, body },
    words,
    accepted: answer.status === 201,
    delayMs: answer.delayMs,
    bodyMs: 0,
  }
}
