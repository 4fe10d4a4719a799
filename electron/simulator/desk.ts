import { randomUUID } from 'node:crypto'
import type { Vendor } from '#shared/catalogue/entry.ts'
import {
  genericSimulatorPath,
  usualSeed,
  type ReceivedMessage,
  type SimulatorFaults,
} from '#shared/simulator.ts'
import type { VendorCallbacks } from '#shared/callbacks/format.ts'
import type { ReceiptFault } from '#shared/simulator-phone.ts'
import type { TakenMessage } from './callbacks/taken.ts'
import { plainReply, replying, type Decision, type Exchange } from './decision.ts'
import { FaultPlan, faultWords, underFault } from './faults.ts'
import { genericExchange } from './generic-exchange.ts'
import { credentialPlaces, cutText, maskExchange, usualPlaces, type CredentialPlaces } from './mask.ts'
import { noBundle, scriptedAt, tokenAnswer, type AnswerScripted } from './scripted.ts'
import { VendorImitation } from './vendor/imitation.ts'
import { Ids } from './vendor/ids.ts'
import type { RawRequest } from './vendor/vendor-request.ts'

/** Of a number or a sender, in characters. */
const mostName = 200

export interface DeskParts {
  /** The vendors that are imitated, read when they are first asked for. */
  vendors: { ids: readonly string[]; get(id: string): Promise<Vendor | null> }
  now(): number
  /** Called with each message, accepted or not; it is described, once at most, when that is wanted. */
  onReceived(describe: () => ReceivedMessage): void
  /** What bundles that were opened say of a request below `/bundle`. */
  scripted?: AnswerScripted | undefined
  /** Messages that were taken with the request of this id. Answers with what its answer waits for. */
  onTaken?(taken: Taken): Promise<void> | null
}

export interface Taken {
  vendor: string
  /** Of the request, as it is received. */
  id: string
  messages: readonly TakenMessage[]
  /** What is to be done to the receipts of a message to a number. */
  faultFor: (to: string) => ReceiptFault | null
}

interface Imitated {
  callbacks: VendorCallbacks | null
  imitation: VendorImitation
  places: CredentialPlaces
}

/** Takes each request to the provider that it is for, and to the faults that are set. It outlives the server. */
export class SimulatorDesk {
  private readonly parts: DeskParts
  private readonly imitated = new Map<string, Imitated>()
  private ids: Ids
  private plan: FaultPlan
  private seed: number
  private readonly startedAt: number
  private count = 0

  constructor(parts: DeskParts, faults: SimulatorFaults) {
    this.parts = parts
    this.seed = faults.seed
    this.startedAt = Math.floor(parts.now() / 1000)
    this.ids = this.idsFor(faults.seed)
    this.plan = new FaultPlan(faults)
  }

  /** They hold from now on, and begin to draw anew; with another seed, so do the ids. */
  setFaults(faults: SimulatorFaults): void {
    this.plan = new FaultPlan(faults)
    if (faults.seed !== this.seed) this.ids = this.idsFor(faults.seed)
    this.seed = faults.seed
  }

  /** An id of an earlier start must not come again for another message, unless somebody wants the same ones. */
  private idsFor(seed: number): Ids {
    return new Ids(seed === usualSeed ? this.startedAt >>> 0 : seed)
  }

  private nextGenericId(): string {
    const number = String((this.count += 1)).padStart(6, '0')
    return this.seed === usualSeed ? `sim-${this.startedAt}-${number}` : `sim-${number}`
  }

  handle(raw: RawRequest): Decision | Promise<Decision> {
    const [, id = ''] = /^\/([^/?]*)/.exec(raw.url) ?? []
    if (id === 'generic') return this.handleGeneric(raw)
    if (id === 'bundle') return this.handleScripted(raw)
    const known = this.imitated.get(id)
    return known ? this.handleVendor(id, known, raw) : this.meet(id, raw)
  }

  private handleGeneric(raw: RawRequest): Decision {
    const path = raw.url.split('?', 1)[0]?.replace(/\/+$/, '')
    if (path !== genericSimulatorPath)
      return refusal(404, `Nothing answers ${raw.method} ${path}. Near it: POST ${genericSimulatorPath}`)
    if (raw.method !== 'GET' && raw.method !== 'POST')
      return refusal(405, `${raw.method} is not taken: ask with GET or POST`, { allow: 'GET, POST' })
    const exchange = genericExchange(raw, () => this.nextGenericId())
    return this.take('generic', raw, exchange, usualPlaces)
  }

  private handleScripted(raw: RawRequest): Decision {
    const scripted = scriptedAt(raw.url, this.parts.scripted ?? (() => null))
    if (scripted === 'token') return tokenAnswer
    if (!scripted) return noBundle
    this.note('bundle', raw, scripted, scripted.decision, null, usualPlaces)
    return scripted.decision
  }

  /** How a vendor calls back that was asked something before. */
  callbacksOf(id: string): VendorCallbacks | null {
    return this.imitated.get(id)?.callbacks ?? null
  }

  private async meet(id: string, raw: RawRequest): Promise<Decision> {
    const vendor = this.parts.vendors.ids.includes(id) ? await this.parts.vendors.get(id) : null
    if (!vendor) {
      const known = ['generic', ...this.parts.vendors.ids].map((one) => `/${one}`).join(', ')
      return refusal(404, `Nothing answers below /${id.slice(0, 40)}. Addresses begin with one of ${known}`)
    }
    // Several may have waited for the same vendor.
    const met = this.imitated.get(id) ?? {
      callbacks: vendor.callbacks,
      imitation: new VendorImitation(vendor, { now: () => this.parts.now(), ids: () => this.ids }),
      places: credentialPlaces(vendor),
    }
    this.imitated.set(id, met)
    return this.handleVendor(id, met, raw)
  }

  private handleVendor(id: string, { imitation, places }: Imitated, raw: RawRequest): Decision {
    const handling = imitation.handle({ ...raw, url: raw.url.slice(id.length + 1) || '/' })
    if (handling.kind === 'message') return this.take(id, raw, handling.exchange, places)
    const { reply, refusal: words } = handling
    if (words === null) return replying(reply, '', false)
    const decision = replying(reply, words, false)
    this.note(id, raw, { to: '', from: '', text: '' }, decision, null, places)
    return decision
  }

  private take(vendor: string, raw: RawRequest, exchange: Exchange, places: CredentialPlaces): Decision {
    const fault = this.plan.pick(vendor, exchange.to)
    const decision = fault ? underFault(fault.effect, exchange) : exchange.decide()
    const id = this.note(vendor, raw, exchange, decision, fault && faultWords(fault.effect), places)
    const { messages = [] } = decision
    if (messages.length === 0) return decision
    const faultFor = (to: string) => this.plan.pickForReceipts(vendor, to)
    const before = this.parts.onTaken?.({ vendor, id, messages, faultFor }) ?? null
    return before ? { ...decision, before } : decision
  }

  private note(
    vendor: string,
    raw: RawRequest,
    { to, from, text }: Pick<Exchange, 'to' | 'from' | 'text'>,
    decision: Decision,
    fault: string | null,
    places: CredentialPlaces,
  ): string {
    const id = randomUUID()
    const at = this.parts.now()
    // Cut before it waits to be described, as long texts would be kept whole by the hundred until then.
    const seen = { ...raw, body: cutText(raw.body) }
    const { words, accepted } = decision
    const reply = decision.kind === 'reply' ? decision.reply : null
    const answered = reply && { ...reply, body: cutText(reply.body) }
    const told = {
      to: cutText(to, mostName),
      from: cutText(from, mostName),
      text: cutText(text),
      answer: words,
    }
    this.parts.onReceived(() => ({
      id,
      at,
      vendor,
      status: answered?.status ?? 0,
      accepted,
      fault,
      ...maskExchange(seen, told, answered, places),
    }))
    return id
  }
}

function refusal(status: number, words: string, headers: Record<string, string> = {}): Decision {
  return replying(plainReply(status, words, headers), words, false)
}
