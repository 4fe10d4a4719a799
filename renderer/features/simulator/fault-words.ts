import { commonAnswers, type CommonAnswer } from '#shared/catalogue/common-answers.ts'
import type { Fault, FaultEffect } from '#shared/simulator.ts'
import { badEnds, isReceiptFault, type ReceiptFault } from '#shared/simulator-phone.ts'
import { groupPhone } from '#shared/phone.ts'

/** What can be chosen as an effect, in groups; the keys are those of `effectKey`. */
export const effectGroups: { label: string; effects: { key: string; label: string }[] }[] = [
  {
    label: 'An answer of the vendor’s',
    effects: commonAnswers.map((answer) => ({ key: `answer:${answer}`, label: answerLabels()[answer] })),
  },
  {
    label: 'The network',
    effects: [
      { key: 'latency', label: 'Late answer' },
      { key: 'slowBody', label: 'Slow body' },
      { key: 'silence', label: 'No answer' },
      { key: 'drop', label: 'Connection closed' },
      { key: 'reset', label: 'Connection reset' },
    ],
  },
  {
    label: 'No answer of the vendor’s',
    effects: [
      { key: 'status', label: 'Bare status' },
      { key: 'wrongBody:html', label: 'HTML page' },
      { key: 'wrongBody:empty', label: 'Empty body' },
      { key: 'wrongBody:cut', label: 'Body cut short' },
      { key: 'wrongBody:otherJson', label: 'Other JSON' },
    ],
  },
  {
    label: 'Receipts',
    effects: [
      { key: 'receiptsLate', label: 'Late receipts' },
      { key: 'receiptsTwice', label: 'Sent twice' },
      { key: 'receiptsOutOfOrder', label: 'Out of order' },
      { key: 'receiptsMissing', label: 'No receipt' },
      { key: 'receiptsWrongSignature', label: 'Bad signature' },
      { key: 'receiptsUnknownId', label: 'Unknown id' },
      { key: 'receiptsBeforeAnswer', label: 'Before answer' },
      ...badEnds.map((end) => ({
        key: `receiptsBadEnd:${end}`,
        label: end.charAt(0).toUpperCase() + end.slice(1),
      })),
    ],
  },
]

function answerLabels(): Record<CommonAnswer, string> {
  return {
    accepted: 'Accepted',
    unauthorized: 'Bad credentials',
    invalidNumber: 'Invalid number',
    optedOut: 'Opted out',
    noCredit: 'No credit',
    rateLimited: 'Rate limited',
    serverError: 'Server error',
  }
}

const answered: Record<CommonAnswer, string> = {
  accepted: 'is accepted, whatever it holds',
  unauthorized: 'is refused as with bad credentials',
  invalidNumber: 'is refused as to an invalid number',
  optedOut: 'is refused as to a number that opted out',
  noCredit: 'is refused as without credit',
  rateLimited: 'is refused as one too many',
  serverError: 'meets a server error',
}

const bodies = {
  html: 'gets an HTML page instead of the answer',
  empty: 'gets an answer with an empty body',
  cut: 'gets an answer whose body is cut short',
  otherJson: 'gets JSON that is none of the vendor’s',
}

/** What becomes of a request, as the end of a sentence. */
export function effectWords(effect: FaultEffect): string {
  if (isReceiptFault(effect)) return receiptWords(effect)
  switch (effect.kind) {
    case 'answer':
      return answered[effect.answer]
    case 'status':
      return `gets a bare ${effect.status}`
    case 'latency':
      return `is answered ${secondsOf(effect.ms)} late`
    case 'silence':
      return 'gets no answer; the connection stays open'
    case 'drop':
      return 'gets no answer; the connection is closed'
    case 'reset':
      return 'gets no answer; the connection is reset'
    case 'slowBody':
      return `gets its answer’s body over ${secondsOf(effect.ms)}`
    case 'wrongBody':
      return bodies[effect.body]
  }
}

function receiptWords(effect: ReceiptFault): string {
  switch (effect.kind) {
    case 'receiptsLate':
      return `gets its receipts ${secondsOf(effect.ms)} late`
    case 'receiptsTwice':
      return 'gets each of its receipts twice'
    case 'receiptsOutOfOrder':
      return 'gets its last receipt first'
    case 'receiptsMissing':
      return 'gets no receipt'
    case 'receiptsWrongSignature':
      return 'gets receipts with a wrong signature'
    case 'receiptsUnknownId':
      return 'gets receipts for an id that nobody knows'
    case 'receiptsBeforeAnswer':
      return 'gets its receipts before the answer to the send'
    case 'receiptsBadEnd':
      return `ends as ${effect.end}${effect.code === '' ? '' : `, code ${effect.code}`}`
  }
}

const secondsOf = (ms: number) => (ms < 1000 ? `${ms} ms` : `${ms / 1000} s`)

/** The fault as a sentence; `vendor` is the name of its vendor. */
export function faultWords(fault: Fault, vendor: string): string {
  const what = isReceiptFault(fault.effect) ? 'message' : 'request'
  const which = fault.share === 100 ? `Every ${what}` : `${fault.share} % of ${what}s`
  const whose = fault.vendor === null ? '' : ` to ${vendor}`
  const where = fault.number === null ? '' : numberWords(fault.number)
  const words = effectWords(fault.effect)
  return `${which}${whose}${where} ${fault.share === 100 ? words : pluralised(words)}.`
}

/** A whole number begins with a plus; else it is the end of one. */
function numberWords(number: string): string {
  return number.startsWith('+') ? ` for ${groupPhone(number)}` : ` for numbers ending in ${number}`
}

/** "is refused" of one request, "are refused" of a share of them. */
function pluralised(words: string): string {
  return words
    .replace(/^is /, 'are ')
    .replace(/^gets its answer’s body/, 'get their answers’ bodies')
    .replace(/^gets each of its /, 'get each of their ')
    .replace(/^gets its /, 'get their ')
    .replace(/^gets /, 'get ')
    .replace(/^ends /, 'end ')
    .replace(/^meets /, 'meet ')
    .replace('whatever it holds', 'whatever they hold')
}
