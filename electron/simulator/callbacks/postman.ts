import type { VendorCallbacks } from '#shared/callbacks/format.ts'
import type { PhonePost } from '#shared/simulator-phone.ts'
import { addressed, compose, outgoing, type Caller, type Saying } from './compose.ts'
import type { Home, OwnProvider } from './home.ts'
import type { Kept, Phone } from './phone.ts'
import { failureWords, Postbox } from './post.ts'
import { shownAddress, targetOf, type NoTarget } from './target.ts'

export interface PostmanParts {
  /** Null: no workbench is around, and only addresses that requests name are known. */
  home: Home | null
  /** How a vendor calls back; null with the generic provider, and with vendors of which nothing is known. */
  vendor: (id: string) => VendorCallbacks | null
  now: () => number
  /** What became of a post. */
  onPosted?: (entry: Kept, post: PhonePost) => void
  /** Where callbacks go whose request names no address; empty: nowhere. */
  otherwise?: string
}

/** What a post is about, beyond what it shows itself. */
export interface PostWish {
  text?: string
  code?: string
  /** It repeats this one, to the letter. */
  sameAs?: PhonePost | undefined
  unknownId?: boolean
  spoilt?: boolean
}

/** Writes callbacks in their vendors' names, posts them and notes what became of them. */
export class Postman {
  private readonly box = new Postbox()
  private readonly sayings = new WeakMap<PhonePost, Saying>()
  private readonly parts: PostmanParts
  private readonly phone: Phone

  constructor(parts: PostmanParts, phone: Phone) {
    this.parts = parts
    this.phone = phone
  }

  /** Whether nothing could say which message it is about: the generic provider's JSON has our own id only. */
  isSilent({ vendor, taken }: Kept): boolean {
    return vendor === 'generic' && taken.reference === ''
  }

  /** Never rejects: whatever becomes of it is noted on the post. */
  async post(entry: Kept, post: PhonePost, wish: PostWish): Promise<void> {
    try {
      const result = await this.attempt(entry, post, wish)
      const isTaken = 'answer' in result && result.answer >= 200 && result.answer < 300
      this.phone.change(entry, post, {
        outcome: isTaken ? 'taken' : 'failed',
        ...('answer' in result && !isTaken ? { reason: 'refused' as const } : {}),
        ...result,
      })
    } catch (error) {
      this.phone.change(entry, post, { outcome: 'failed', reason: 'no_answer', why: failureWords(error) })
    }
    this.parts.onPosted?.(entry, post)
  }

  close(): void {
    this.box.close()
  }

  private async attempt(
    entry: Kept,
    post: PhonePost,
    wish: PostWish,
  ): Promise<{ answer: number } | NoTarget> {
    const { home, now } = this.parts
    const provider = await this.providerOf(entry)
    const address = this.addressFor(entry, provider)
    if (typeof address !== 'string') return address
    const target = targetOf(address, home)
    if ('reason' in target) return target
    const saying = this.sayingOf(post, wish)
    const composed = this.isSilent(entry)
      ? null
      : compose(this.callerOf(entry, provider), entry.taken, saying)
    if (!composed) return sendsNone
    const at = now()
    // The account’s own key goes before one that the request happens to hold.
    const key = provider?.key ?? entry.taken.key
    const signed = outgoing(composed, target, { key, spoilt: wish.spoilt ?? false, now: at })
    this.phone.change(entry, post, { at, target: `${signed.method} ${shownAddress(signed.url)}` })
    return { answer: await this.box.post(addressed(signed, target, home), target) }
  }

  /** That of the message or, for a request from elsewhere, the one whose address it names. */
  private async providerOf(entry: Kept): Promise<OwnProvider | null> {
    const { home } = this.parts
    const id = entry.providerId ?? home?.providerAt(entry.taken.address) ?? null
    return id === null || !home ? null : await home.provider(id)
  }

  private addressFor({ taken }: Kept, provider: OwnProvider | null): string | NoTarget {
    const address = taken.address || provider?.address || this.parts.otherwise || ''
    return address === '' ? noAddress : address
  }

  private callerOf({ vendor, taken }: Kept, provider: OwnProvider | null): Caller {
    const fields = provider?.fields ?? {}
    return { vendor: this.parts.vendor(vendor), api: taken.api, fields }
  }

  private sayingOf(post: PhonePost, { text = '', code = '', sameAs, unknownId = false }: PostWish): Saying {
    const { kind, state, url } = post
    const known = this.sayings.get(sameAs ?? post)
    const saying = known ?? {
      kind,
      state,
      code,
      text,
      url: url ?? '',
      uuid: crypto.randomUUID(),
      at: this.parts.now(),
      unknownId,
    }
    this.sayings.set(post, saying)
    return saying
  }
}

const noAddress: NoTarget = {
  reason: 'no_address',
  why: 'The request names no address for callbacks, and no provider of the workbench was sending to this number.',
}
const sendsNone: NoTarget = {
  reason: 'vendor_sends_none',
  why: 'This vendor is not known to send such a callback, or the request holds nothing to tell the message by.',
}
