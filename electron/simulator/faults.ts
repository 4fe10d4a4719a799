import { STATUS_CODES } from 'node:http'
import type { CommonAnswer } from '#shared/catalogue/simulated.ts'
import type { Fault, FaultEffect, SendFault, SimulatorFaults } from '#shared/simulator.ts'
import { isReceiptFault, type ReceiptFault } from '#shared/simulator-phone.ts'
import { replying, type Decision, type Exchange, type Reply } from './decision.ts'
import { seeded } from './seeded.ts'
import { digitsOf } from './vendor/magic.ts'

type Meeting<Effect> = Fault & { effect: Effect }

/**
 * Which fault each request meets. A fault that does not take a request, because of its share, leaves it to the next.
 * Each fault draws on its own, so that the same seed gives the same faults to the same requests.
 */
export class FaultPlan {
  private readonly faults: readonly Fault[]
  private readonly seed: number
  private readonly drawn: number[]

  constructor({ seed, faults }: SimulatorFaults) {
    this.seed = seed
    this.faults = faults
    this.drawn = faults.map(() => 0)
  }

  /** What is done to a request. */
  pick(vendor: string, to: string): Meeting<SendFault> | null {
    return this.first(vendor, to, isSendFault)
  }

  /** What is done to the receipts of a message that was taken. */
  pickForReceipts(vendor: string, to: string): ReceiptFault | null {
    return this.first(vendor, to, isReceiptFault)?.effect ?? null
  }

  private first<Effect extends FaultEffect>(
    vendor: string,
    to: string,
    isWanted: (effect: FaultEffect) => effect is Effect,
  ): Meeting<Effect> | null {
    for (const [index, fault] of this.faults.entries()) {
      const { enabled, effect } = fault
      if (enabled && isWanted(effect) && concerns(fault, vendor, to) && this.takes(fault, index))
        return { ...fault, effect }
    }
    return null
  }

  private takes({ share }: Fault, index: number): boolean {
    const number = this.drawn[index] ?? 0
    this.drawn[index] = number + 1
    return seeded(this.seed, `fault ${index}`, number) / 2 ** 32 < share / 100
  }
}

const isSendFault = (effect: FaultEffect): effect is SendFault => !isReceiptFault(effect)

function concerns({ vendor: wanted, number }: Fault, vendor: string, to: string): boolean {
  if (wanted !== null && wanted !== vendor) return false
  if (number === null) return true
  const [digits, named] = [digitsOf(to), number.replace(/\D/g, '')]
  if (!number.startsWith('+')) return digits.endsWith(named)
  // A vendor of one country may have been sent the number without its country code.
  return digits === named || (digits.length >= 7 && named.endsWith(digits))
}

/** What becomes of a request under a fault. The provider has taken the message where only its answer suffers. */
export function underFault(effect: SendFault, exchange: Exchange): Decision {
  switch (effect.kind) {
    case 'answer':
      return exchange.answerAs(effect.answer)
    case 'status':
      return replying(bareStatus(effect.status), `${effect.status}, with no body of the provider`, false)
    case 'latency':
      return changed(exchange.decide(), (decision) => ({
        ...decision,
        delayMs: decision.delayMs + effect.ms,
      }))
    case 'slowBody':
      return changed(exchange.decide(), (decision) => ({ ...decision, bodyMs: effect.ms }))
    case 'wrongBody':
      return changed(exchange.decide(), (decision) => ({
        ...decision,
        reply: wrongBody(decision.reply, effect.body),
      }))
    case 'silence':
    case 'drop':
    case 'reset': {
      const { accepted, words, messages = [] } = exchange.decide()
      return { kind: effect.kind, accepted, words, messages }
    }
  }
}

type Replied = Extract<Decision, { kind: 'reply' }>

const changed = (decision: Decision, change: (replied: Replied) => Replied): Decision =>
  decision.kind === 'reply' ? change(decision) : decision

function bareStatus(status: number): Reply {
  const title = `${status} ${STATUS_CODES[status] ?? 'Status'}`
  const headers: Record<string, string> = { 'content-type': 'text/html; charset=utf-8' }
  if (status < 400) headers['location'] = '/'
  return { status, headers, body: page(title) }
}

const page = (title: string) =>
  `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`

function wrongBody(reply: Reply, body: Extract<SendFault, { kind: 'wrongBody' }>['body']): Reply {
  const as = (contentType: string, text: string): Reply => ({
    ...reply,
    headers: { ...reply.headers, 'content-type': contentType },
    body: text,
  })
  switch (body) {
    case 'html':
      return as('text/html; charset=utf-8', page('Welcome'))
    case 'empty':
      return { ...reply, body: '' }
    case 'cut':
      return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) }
    case 'otherJson':
      return as('application/json; charset=utf-8', '{"unexpected":{"answer":true}}')
  }
}

const answerWords = {
  accepted: 'accepted',
  unauthorized: 'bad credentials',
  invalidNumber: 'invalid number',
  optedOut: 'opted out',
  noCredit: 'no credit',
  rateLimited: 'rate limited',
  serverError: 'server error',
} satisfies Record<CommonAnswer, string>

const bodyWords = {
  html: 'a web page in place of the body',
  empty: 'an empty body',
  cut: 'half of the body',
  otherJson: 'JSON of another shape',
}

/** What a fault did, in words. */
export function faultWords(effect: SendFault): string {
  switch (effect.kind) {
    case 'answer':
      return `Fault: answered as ${answerWords[effect.answer]}`
    case 'status':
      return `Fault: a bare ${effect.status}`
    case 'latency':
      return `Fault: answered ${effect.ms} ms later`
    case 'silence':
      return 'Fault: no answer'
    case 'drop':
      return 'Fault: connection closed without an answer'
    case 'reset':
      return 'Fault: connection reset'
    case 'slowBody':
      return `Fault: body spread over ${effect.ms} ms`
    case 'wrongBody':
      return `Fault: ${bodyWords[effect.body]}`
  }
}
