import type {
  CallbackOrigin,
  CallbackTrouble,
  ReadCallback,
  SignatureState,
} from '#shared/callbacks/callback.ts'
import type { ListenerSettings } from '#shared/callbacks/listener.ts'
import type { Database } from 'better-sqlite3'
import { addressByKey } from '../db/incoming/callback-addresses.ts'
import { insertCallback, type CallbackRow } from '../db/incoming/callbacks.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import { newId } from '../new-id.ts'
import type { Account, Accounts } from './account.ts'
import { keyIn, maskTarget, queryOf } from './listener/address.ts'
import type { CallbackEngine, KeptAnswer, RawCallback } from './engine.ts'
import { headerIn, headersOf, keptHeaders } from './listener/headers.ts'
import type { Incoming } from './listener/server.ts'
import { simulatedKeys } from './signatures/simulated-telnyx.ts'

export interface KeepParts {
  stores: StoreHandle
  accounts: Accounts
  engine: CallbackEngine
  settings: () => ListenerSettings
  /** The addresses under which a path of the listener may be known, the public one first. */
  urlsOf: (url: string) => string[]
  /** A header of this name and value is on requests of the workbench's own simulator. */
  simulatorMark: { name: string; value: string }
  now: () => number
  /** What it says is told along where that is known already. */
  onKept: (row: CallbackRow, read: ReadCallback | null) => void
}

export interface Origin {
  origin: CallbackOrigin
  replayOf: string | null
  /** Its signature was valid when it first came; by now it may be too old, or of an address that was renewed. */
  wasValid: boolean
  /** It had none when it first came, and was taken all the same, as one is that is written by hand. */
  wasTakenUnsigned?: boolean
  /** It was signed for another address and with another key, so its signature says nothing here. */
  signedElsewhere?: boolean
}

/** More than of other writes: while the disk is at work on some, others are matched. */
const worthKeeping = 30

const nothingHere: KeptAnswer = {
  status: 404,
  contentType: 'text/plain; charset=utf-8',
  body: 'There is nothing here.\n',
}
const gone: KeptAnswer = { ...nothingHere, status: 410, body: 'This address is no longer in use.\n' }
const refused: KeptAnswer = { ...nothingHere, status: 403, body: 'The signature is wrong.\n' }

/** Keeps requests as they come, and says what to answer. What is answered with success is on the disk. */
export class Keeper {
  private readonly parts: KeepParts
  private readonly providers = new Map<string, string | null>()

  constructor(parts: KeepParts) {
    this.parts = parts
  }

  /** For an address that was renewed or whose provider was deleted, and for another store. */
  forget(): void {
    this.providers.clear()
  }

  /** What a request that asks for nothing but the head is answered with; it is not kept. */
  glance(url: string): KeptAnswer {
    const key = keyIn(url)
    const owner = key === null ? undefined : this.ownerOf(key)
    if (owner === undefined) return nothingHere
    return owner === null ? gone : { status: 200, contentType: 'text/plain; charset=utf-8', body: '' }
  }

  /** Resolves once it is on the disk. Rejects with the store's errors; then nothing is kept. */
  async take(incoming: Incoming, from?: Origin): Promise<KeptAnswer> {
    const key = keyIn(incoming.url)
    if (key === null) return nothingHere
    const owner = this.ownerOf(key)
    if (!owner) {
      const [trouble, answer]: [CallbackTrouble, KeptAnswer] =
        owner === null ? ['deleted_provider', gone] : ['no_such_address', nothingHere]
      await this.keep(incoming, null, { trouble, answer, signature: 'unchecked' }, from)
      return answer
    }
    const { answer } = await this.takeFor(owner, incoming, from)
    return answer
  }

  /** Takes a request for a provider whose address is known. Answers with what was kept. */
  async takeFor(providerId: string, incoming: Incoming, from?: Origin): Promise<Kept> {
    const { stores, accounts } = this.parts
    const account =
      stores.store.read((db) => accounts.current(db, providerId)) ??
      (await stores.store.read((db) => accounts.load(db, providerId)))
    // It was deleted in this very moment.
    if (!account)
      return this.keep(
        incoming,
        null,
        { trouble: 'deleted_provider', answer: gone, signature: 'unchecked' },
        from,
      )
    return this.keep(incoming, account, this.judge(account, incoming, from), from)
  }

  private judge(account: Account, incoming: Incoming, from: Origin | undefined): Judged {
    const known = from?.signedElsewhere ? 'unchecked' : from?.wasValid ? 'valid' : null
    const signature = known ?? this.signatureOf(account, incoming)
    // Who writes one by hand in the workbench need not sign it: nobody else could have written it.
    const mayBeUnsigned = from?.origin === 'crafted' || from?.wasTakenUnsigned === true
    const mustBeSigned = !mayBeUnsigned && account.vendor?.signature?.optional === false
    const isWrong = signature === 'invalid' || (signature === 'absent' && mustBeSigned)
    if (isWrong && this.parts.settings().refuseInvalidSignatures)
      return { trouble: 'signature_invalid', answer: refused, signature }
    return { trouble: null, signature, ...this.parts.engine.answer(account.reading, rawOf(incoming)) }
  }

  private signatureOf(account: Account, { method, url, rawHeaders, body }: Incoming): SignatureState {
    const signature = account.vendor?.signature
    if (!signature) return 'unchecked'
    const { accounts, engine, stores, urlsOf, now } = this.parts
    const key = stores.store.read((db) => accounts.signatureKey(db, account))
    if (key === null) return 'unchecked'
    const headers = Object.fromEntries(headersOf(rawHeaders))
    const keys = this.isSimulators(rawHeaders) ? [key, ...simulatedKeys(signature.kinds)] : [key]
    return engine.verify(signature, { method, urls: urlsOf(url), headers, body, now: now() }, keys)
  }

  private async keep(
    incoming: Incoming,
    account: Account | null,
    { trouble, answer, signature, read = null }: Judged,
    from: Origin | undefined,
  ): Promise<Kept> {
    const { rawHeaders } = incoming
    const origin = from?.origin ?? (this.isSimulators(rawHeaders) ? 'simulator' : 'network')
    const row: CallbackRow = {
      seq: 0,
      id: newId(),
      received_at: this.parts.now(),
      provider_id: account?.providerId ?? null,
      origin,
      simulated: origin === 'simulator' || account?.simulated ? 1 : 0,
      method: incoming.method,
      target: maskTarget(incoming.url),
      remote: incoming.remote,
      signature,
      status: answer.status,
      trouble,
      replay_of: from?.replayOf ?? null,
      answer: JSON.stringify({ contentType: answer.contentType, body: answer.body }),
      headers: JSON.stringify(keptHeaders(rawHeaders, this.parts.simulatorMark.name)),
      body: incoming.body,
    }
    row.seq = await this.parts.stores.store.write((db) => insertCallback(db, row), worthKeeping)
    this.parts.onKept(row, read)
    return { row, answer }
  }

  private isSimulators(rawHeaders: readonly string[]): boolean {
    const { name, value } = this.parts.simulatorMark
    return headerIn(rawHeaders, name) === value
  }

  /** Undefined: the address is nobody's; null: its provider was deleted. */
  private ownerOf(key: string): string | null | undefined {
    const known = this.providers.get(key)
    if (known !== undefined) return known
    const address = this.parts.stores.store.read((db: Database) => addressByKey(db, key))
    if (address) this.providers.set(key, address.provider_id)
    return address?.provider_id
  }
}

interface Judged {
  trouble: CallbackTrouble | null
  answer: KeptAnswer
  signature: SignatureState
  read?: ReadCallback | null
}

/** What was kept, and what it is answered with. */
interface Kept {
  row: CallbackRow
  answer: KeptAnswer
}

export function rawOf({ method, url, rawHeaders, body }: Omit<Incoming, 'remote'>): RawCallback {
  return {
    method,
    query: queryOf(url),
    contentType: headerIn(rawHeaders, 'content-type'),
    body: body.toString('utf8'),
  }
}
