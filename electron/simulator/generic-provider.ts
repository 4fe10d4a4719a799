import type { CommonAnswer } from '#shared/catalogue/simulated.ts'
import { magicNumbers } from '#shared/simulator.ts'

/** A request as the simulated provider reads it: whatever names a vendor might use for the same things. */
export interface SimulatedRequest {
  to: string
  from: string
  text: string
  /** The sender's own id of the message. */
  reference: string
  /** Where it wants to be called back. */
  address: string
  authorization: string
}

/** What the simulated provider does: answers, or fails the way a network does. */
export type SimulatedAnswer =
  | {
      kind: 'answer'
      status: number
      headers: Record<string, string>
      body: Record<string, string>
      delayMs: number
      words: string
    }
  | { kind: 'silence' | 'reset'; words: string }

const toNames = ['to', 'recipient', 'mobile', 'mobile_no', 'phone', 'number', 'msisdn', 'destination', 'dest']
const textNames = ['text', 'body', 'message', 'content', 'msg', 'sms']
const referenceNames = [
  'reference',
  'ref',
  'meta',
  'message_id',
  'messageid',
  'client_ref',
  'custom',
  'custom_id',
]
const addressNames = [
  'callback',
  'callback_url',
  'callbackurl',
  'status_callback',
  'statuscallback',
  'webhook',
  'webhook_url',
  'dlr_url',
]
const fromNames = ['from', 'sender', 'source', 'sender_id', 'senderid', 'originator']

/** Finds number, text and sender in flat fields, in an array's first element and one level deep, case ignored. */
export function readFields(
  fields: unknown,
): Pick<SimulatedRequest, 'to' | 'from' | 'text' | 'reference' | 'address'> {
  const flat = new Map<string, string>()
  collect(fields, flat, 0)
  const first = (names: string[]) =>
    names.map((name) => flat.get(name)).find((value) => value !== undefined) ?? ''
  return {
    to: first(toNames),
    from: first(fromNames),
    text: first(textNames),
    reference: first(referenceNames),
    address: first(addressNames),
  }
}

function collect(value: unknown, into: Map<string, string>, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > 2) return
  // A list within a list is no message: going on would follow whoever nests them without end.
  if (Array.isArray(value)) return Array.isArray(value[0]) ? undefined : collect(value[0], into, depth)
  for (const [name, inner] of Object.entries(value)) {
    const key = name.toLowerCase()
    const scalar = Array.isArray(inner) ? inner[0] : inner
    if (typeof scalar === 'string' || typeof scalar === 'number') {
      if (!into.has(key)) into.set(key, String(scalar))
    } else collect(inner, into, depth + 1)
  }
}

export const simulatedToken = 'simulated-token'
const simulatedBasic = Buffer.from(`simulated:${simulatedToken}`).toString('base64')

/** Decides what happens to a message; pure, so that the same request always has the same outcome. */
export function answerTo(request: SimulatedRequest, nextId: () => string): SimulatedAnswer {
  if (!knownCredentials(request.authorization))
    return refusal(401, 'bad_credentials', 'The credentials are not valid')
  const missing = [
    request.to === '' ? 'a number (to)' : '',
    request.text === '' ? 'a text (text)' : '',
  ].filter(Boolean)
  if (missing.length > 0)
    return refusal(400, 'missing_parameter', `The request lacks ${missing.join(' and ')}`)
  const digits = request.to.replace(/\D/g, '')
  const magic = magicNumbers.find(({ number }) => number.slice(1) === digits)
  if (magic) return (scripted[magic.number] ?? accepted)(request, nextId)
  if (digits.length < 7 || digits.length > 15) {
    return refusal(400, 'invalid_number', `${request.to} is not a phone number`)
  }
  return accepted(request, nextId)
}

/** Requests without credentials are let in, as many gateways carry them elsewhere; wrong ones are not. */
function knownCredentials(authorization: string): boolean {
  if (authorization === '') return true
  return authorization === `Bearer ${simulatedToken}` || authorization === `Basic ${simulatedBasic}`
}

type Script = (request: SimulatedRequest, nextId: () => string) => SimulatedAnswer

const accepted: Script = (request, nextId) => ({
  kind: 'answer',
  status: 201,
  headers: {},
  body: { status: 'queued', id: nextId(), to: request.to },
  delayMs: 0,
  words: 'Accepted',
})

const scripted: Record<string, Script> = {
  '+15005550006': accepted,
  '+15005550001': () => refusal(400, 'invalid_number', 'The number is not valid'),
  '+15005550004': () => refusal(400, 'opted_out', 'The recipient has opted out'),
  '+15005550002': () => refusal(401, 'bad_credentials', 'The credentials are not valid'),
  '+15005550003': () => refusal(402, 'no_credit', 'The account has no credit'),
  '+15005550007': () => refusal(429, 'rate_limited', 'Too many requests', { 'retry-after': '30' }),
  '+15005550008': () => refusal(500, 'internal', 'Something broke inside the provider'),
  '+15005550009': () => ({ kind: 'silence', words: 'No answer, as this number asks for' }),
  '+15005550010': () => ({ kind: 'reset', words: 'Connection reset, as this number asks for' }),
  '+15005550011': () => refusal(200, 'spam_detected', 'The text looks like spam'),
  '+15005550012': (request, nextId) => ({ ...accepted(request, nextId), delayMs: 2000 }) as SimulatedAnswer,
}

const numbers = {
  accepted: '+15005550006',
  unauthorized: '+15005550002',
  invalidNumber: '+15005550001',
  optedOut: '+15005550004',
  noCredit: '+15005550003',
  rateLimited: '+15005550007',
  serverError: '+15005550008',
} satisfies Record<CommonAnswer, string>

/** One of the answers that every provider has, whatever the request says. */
export function commonAnswer(
  name: CommonAnswer,
  request: SimulatedRequest,
  nextId: () => string,
): SimulatedAnswer {
  return (scripted[numbers[name]] ?? accepted)(request, nextId)
}

function refusal(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): SimulatedAnswer {
  return {
    kind: 'answer',
    status,
    headers,
    body: { status: 'error', code, message },
    delayMs: 0,
    words: message,
  }
}
