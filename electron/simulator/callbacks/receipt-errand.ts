import type { PhonePost } from '#shared/simulator-phone.ts'
import type { Errand } from './courier.ts'
import type { Kept, Phone } from './phone.ts'
import type { PlannedReceipt } from './plan.ts'
import type { Postman } from './postman.ts'
import type { ReceiptWish } from './taken.ts'

interface ErrandParts {
  entry: Kept
  planned: readonly PlannedReceipt[]
  wish: ReceiptWish | null
  /** What is done to them, in words. */
  note: string | null
  /** When the message was taken, in milliseconds of the clock. */
  begun: number
  phone: Phone
  postman: Postman
  onDone: (() => void) | null
}

/** The receipts of one message, one after the other: a later one never overtakes. */
export class ReceiptErrand implements Errand {
  private readonly parts: ErrandParts
  private readonly posts: PhonePost[]
  private step = 0

  constructor(parts: ErrandParts) {
    this.parts = parts
    const { entry, planned, phone, note: why } = parts
    this.posts = planned.map(({ state, afterMs }) =>
      phone.addPost(entry, { kind: 'receipt', state, at: entry.at + afterMs, why }),
    )
  }

  get due(): number {
    return this.parts.begun + (this.parts.planned[this.step]?.afterMs ?? 0)
  }

  async run(): Promise<number | null> {
    const { entry, planned, wish, postman, onDone } = this.parts
    const [receipt, post] = [planned[this.step], this.posts[this.step]]
    if (!receipt || !post) return null
    await postman.post(entry, post, {
      code: receipt.code,
      sameAs: receipt.again ? this.posts[this.step - 1] : undefined,
      unknownId: wish?.kind === 'receiptsUnknownId',
      spoilt: wish?.kind === 'receiptsWrongSignature',
    })
    this.step += 1
    if (this.step < planned.length) return this.due
    onDone?.()
    return null
  }

  /** All of them at once, whenever they are due. */
  async runAll(): Promise<void> {
    while ((await this.run()) !== null);
  }

  dropped(): void {
    this.giveUp({ reason: 'stopped', why: 'The simulator was stopped before.' })
  }

  tooMany(): void {
    this.giveUp({ reason: 'too_many', why: 'More messages wait for their receipts than can be kept.' })
  }

  private giveUp(why: Pick<PhonePost, 'reason' | 'why'>): void {
    const { phone, entry } = this.parts
    for (const post of this.posts.slice(this.step)) phone.change(entry, post, { outcome: 'failed', ...why })
  }
}
