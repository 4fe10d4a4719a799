import type { Vendor, VendorApi } from '#shared/catalogue/entry.ts'
import type { CommonAnswer, Simulated, SimulatedAnswer, SimulatedCheck } from '#shared/catalogue/simulated.ts'
import { callbackSources, readSources, type CallbackSources } from '../callbacks/sources.ts'
import type { TakenMessage } from '../callbacks/taken.ts'
import { replying, type Decision, type Exchange } from '../decision.ts'
import { cutText } from '../mask.ts'
import type { Ids } from './ids.ts'
import type { KeptMessage, KeptMessages } from './kept-messages.ts'
import { failureIn200, magicWish, receiptWish } from './magic.ts'
import { meets, sourcesOf } from './needs.ts'
import { RateWindow } from './rate-window.ts'
import { recipientsOf } from './recipients.ts'
import { fillText, type Filling } from './templates.ts'
import { firstAt, isEmpty, textOf, valueAt, type VendorRequest } from './vendor-request.ts'
import { writeAnswer } from './write-answer.ts'

export interface ImitationParts {
  now(): number
  ids(): Ids
}

const slowMs = 2000
/** Of a text, in characters. */
const mostTaken = 2000

/** Imitates one API of a vendor. */
export class ApiImitation {
  readonly data: Simulated
  private readonly vendor: string
  private readonly api: string
  private readonly sources: CallbackSources
  /** The id as the answer tells it: with more around it, where that is so. */
  private readonly toldId: string
  private readonly kept: KeptMessages
  private readonly parts: ImitationParts
  private readonly window = new RateWindow()

  constructor({ id, callbacks }: Vendor, api: VendorApi, kept: KeptMessages, parts: ImitationParts) {
    this.vendor = id
    this.api = api.id
    this.data = api.simulated
    this.sources = callbackSources(api, callbacks)
    this.toldId = wholeId(this.data)
    this.kept = kept
    this.parts = parts
  }

  answerNamed(name: string): SimulatedAnswer | null {
    return Object.hasOwn(this.data.answers, name) ? (this.data.answers[name] ?? null) : null
  }

  take(request: VendorRequest): Exchange {
    const { to, from, text } = this.messageOf(request)
    return {
      to,
      from,
      text,
      decide: () => this.decide(request),
      answerAs: (answer: CommonAnswer) =>
        answer === 'accepted' ? this.accept(request) : this.say(request, answer),
    }
  }

  /** For an answer about a message that was kept, or about a request that became none. */
  fillingOf(request: VendorRequest, why: string, message?: KeptMessage): Filling {
    const now = this.parts.now()
    const { states } = this.data
    const one = message ?? { ...this.messageOf(request), id: null, at: now, request, states }
    const [, ...further] = message ? [] : recipientsOf(request, this.data)
    const others = message ? (message.others ?? []) : further.map((to) => ({ ...one, to }))
    const filling = (about: Filling['message']): Filling => ({
      request,
      now,
      why,
      message: about,
      nextId: (kind) => this.parts.ids().next(this.vendor, { prefix: '', kind, length: 32 }),
      messages: () => [],
      recipients: () => [one, ...others].map(filling),
    })
    return filling(one)
  }

  /** With the first of several recipients. */
  private messageOf(request: VendorRequest): Pick<KeptMessage, 'to' | 'from' | 'text'> {
    const at = (sources: readonly string[]) => textOf(firstAt(request, sources))
    const [to = ''] = recipientsOf(request, this.data)
    return { to, from: at(this.data.from), text: at(this.data.text) }
  }

  private decide(request: VendorRequest): Decision {
    const { from } = this.messageOf(request)
    const wishes = recipientsOf(request, this.data).map((to) => magicWish(this.data, to, from))
    const wish = wishes.find((one) => one !== null) ?? null
    // A number that stands for an outcome is good enough for it, whatever the vendor thinks of its country.
    const excused = wish ? [...this.data.to, ...(this.data.magic.length > 0 ? this.data.from : [])] : []
    let counted = false
    for (const check of this.data.checks) {
      if (!counted && !isOfAccess(check)) {
        counted = true
        const refusal = this.overRate(request)
        if (refusal) return refusal
      }
      if (isExcused(check, excused, request) || meets(request, check, this.data.several)) continue
      return this.say(request, check.answer, check.words)
    }
    const late = counted ? null : this.overRate(request)
    if (late) return late
    if (!wish) return this.accept(request)
    switch (wish.kind) {
      case 'answer':
        return wish.answer === 'accepted'
          ? this.accept(request)
          : this.say(request, wish.answer, null, forNumber)
      case 'failureIn200':
        return this.failIn200(request)
      case 'slow':
        return { ...this.accept(request), delayMs: slowMs } as Decision
      case 'silence':
        return { ...this.acceptUnsaid(request), kind: 'silence', words: `No answer${forNumber}` }
      case 'reset':
        return { ...this.acceptUnsaid(request), kind: 'reset', words: `Connection reset${forNumber}` }
    }
  }

  private accept(request: VendorRequest): Decision {
    const given = textOf(firstAt(request, this.data.id.given ?? []))
    const { states } = this.data
    const id = given === '' ? this.newId() : given
    const message: KeptMessage = { ...this.messageOf(request), id, at: this.parts.now(), request, states }
    const [, ...further] = recipientsOf(request, this.data)
    const ownIds = this.data.several?.ownIds ?? false
    message.others = further.map((to) => ({ ...message, to, id: ownIds ? this.newId() : id }))
    for (const one of [message, ...(ownIds ? message.others : [])].toReversed()) this.kept.add(one)
    const special = this.data.acceptedWith.find(({ at }) => !isEmpty(valueAt(request, at)))
    const answer = this.answerNamed(special?.answer ?? 'accepted')
    if (!answer) throw new Error(`${this.vendor} has no answer to a message that it takes.`)
    const reply = writeAnswer(answer, this.fillingOf(request, '', message))
    return { ...replying(reply, answer.words, true), messages: this.takenOf(request, message) }
  }

  /** The message is taken, though nobody is told so. */
  private acceptUnsaid(request: VendorRequest) {
    const { accepted, messages = [] } = this.accept(request)
    return { accepted, messages }
  }

  private readonly newId = () => this.parts.ids().next(this.vendor, this.data.id)

  private takenOf(request: VendorRequest, message: KeptMessage): TakenMessage[] {
    const { api, newId } = this
    const told = readSources(request, this.sources)
    const text = cutText(message.text, mostTaken)
    return [message, ...(message.others ?? [])].map((one) => ({
      id: this.toldId === '{{id}}' ? one.id : fillText(this.toldId, this.fillingOf(request, '', one)),
      to: one.to,
      from: one.from,
      text,
      api,
      newId,
      ...told,
      wish: receiptWish(one.to),
    }))
  }

  private say(request: VendorRequest, name: string, why: string | null = null, because = ''): Decision {
    const answer = this.answerNamed(name)
    if (!answer) throw new Error(`${this.vendor} has no answer “${name}”.`)
    const filling = this.fillingOf(request, why ?? answer.words)
    const reply = writeAnswer(answer, filling)
    return replying(reply, why ?? answer.words + because, name === 'accepted')
  }

  private failIn200(request: VendorRequest): Decision {
    const name = failureIn200(this.data)
    if (name !== null) return this.say(request, name, null, forNumber)
    const told = this.say(request, 'invalidNumber', null, forNumber)
    return told.kind === 'reply' ? { ...told, reply: { ...told.reply, status: 200 } } : told
  }

  private overRate(request: VendorRequest): Decision | null {
    const { rate } = this.data
    const waitMs = rate && this.window.take(accountOf(this.data, request), rate, this.parts.now())
    if (!rate || waitMs === null) return null
    const words = `More than ${rate.requests} requests in ${rate.inMs} ms`
    const told = this.say(request, 'rateLimited', words)
    if (told.kind !== 'reply' || told.reply.status !== 429 || 'retry-after' in told.reply.headers) return told
    const headers = { ...told.reply.headers, 'retry-after': String(Math.ceil(waitMs / 1000)) }
    return { ...told, reply: { ...told.reply, headers } }
  }
}

function wholeId({ answers }: Simulated): string {
  const body = JSON.stringify(answers['accepted']?.body ?? '')
  return /[\w-]*\{\{id\}\}(?:[\w-]|\{\{now\.\w+\}\})*/.exec(body)?.[0] ?? '{{id}}'
}

const forNumber = ', as this number asks for'

const credentialOf = ({ need }: SimulatedCheck) => typeof need === 'object' && 'credential' in need

export const isOfAccess = (check: SimulatedCheck) => check.answer === 'unauthorized' || credentialOf(check)

function isExcused(check: SimulatedCheck, excused: readonly string[], request: VendorRequest): boolean {
  if (check.need === 'present') return false
  const sources = sourcesOf(check)
  return sources.every((source) => excused.includes(source)) && !isEmpty(firstAt(request, sources))
}

/** Whose requests are counted together: those with the same credentials. */
function accountOf({ checks }: Simulated, request: VendorRequest): string {
  return checks
    .filter(isOfAccess)
    .map((check) => textOf(firstAt(request, sourcesOf(check))))
    .join(' ')
}
