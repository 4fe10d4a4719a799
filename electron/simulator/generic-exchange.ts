import { formatAnswer } from './answer-format.ts'
import { bodyFields } from './body-fields.ts'
import { addressIn } from './callbacks/sources.ts'
import type { TakenMessage } from './callbacks/taken.ts'
import type { Decision, Exchange } from './decision.ts'
import { cutText } from './mask.ts'
import { receiptWish } from './vendor/magic.ts'
import { answerTo, commonAnswer, readFields, type SimulatedAnswer } from './generic-provider.ts'
import { formFields } from './vendor/read-body.ts'
import type { RawRequest } from './vendor/vendor-request.ts'

/** A message to the generic provider. */
export function genericExchange({ url, headers, body }: RawRequest, nextId: () => string): Exchange {
  const mark = url.indexOf('?')
  const query = mark < 0 ? {} : formFields(url.slice(mark + 1))
  const fields = readFields([{ ...query, ...bodyFields(headers['content-type'] ?? '', body) }])
  const request = { ...fields, authorization: headers.authorization ?? '' }
  const taken = (id: string): TakenMessage[] => [
    {
      id,
      to: fields.to,
      from: fields.from,
      text: cutText(fields.text, 2000),
      reference: fields.reference,
      address: addressIn(fields.address),
      api: '',
      account: {},
      key: '',
      wish: receiptWish(fields.to),
      newId: nextId,
    },
  ]
  const decided = (answer: SimulatedAnswer) => asDecision(answer, headers.accept ?? '', taken)
  return {
    ...fields,
    decide: () => decided(answerTo(request, nextId)),
    answerAs: (name) => decided(commonAnswer(name, request, nextId)),
  }
}

function asDecision(
  answer: SimulatedAnswer,
  accept: string,
  taken: (id: string) => TakenMessage[],
): Decision {
  const { words } = answer
  if (answer.kind !== 'answer') return { kind: answer.kind, words, accepted: true, messages: taken('') }
  const accepted = answer.status === 201
  const { contentType, body } = formatAnswer(accept, answer.body)
  return {
    kind: 'reply',
    reply: { status: answer.status, headers: { ...answer.headers, 'content-type': contentType }, body },
    words,
    accepted,
    ...(accepted ? { messages: taken(answer.body['id'] ?? '') } : {}),
    delayMs: answer.delayMs,
    bodyMs: 0,
  }
}
