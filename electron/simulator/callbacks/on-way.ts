import { digitsOf } from '../vendor/magic.ts'

/** A message of the workbench while its request is with the simulator. */
export interface OwnMessage {
  messageId: string
  providerId: string
  /** E.164. */
  to: string
  /** Where the request goes. */
  url: string
}

interface Entry extends OwnMessage {
  vendor: string
  digits: string
  claimed: boolean
}

/** So many of a number's last digits are the same however a vendor writes it. */
const sameDigits = 7

/** The workbench's own messages that are on their way to the simulator, by their numbers. */
export class OnWay {
  private readonly byEnd = new Map<string, Entry[]>()

  /** Answers with the function that is called when its exchange is over. */
  begin(message: OwnMessage): () => void {
    const digits = digitsOf(message.to)
    const end = digits.slice(-sameDigits)
    const entry = { ...message, vendor: vendorIn(message.url), digits, claimed: false }
    const known = this.byEnd.get(end)
    if (known) known.push(entry)
    else this.byEnd.set(end, [entry])
    return () => {
      const left = this.byEnd.get(end)?.filter((one) => one !== entry) ?? []
      if (left.length === 0) this.byEnd.delete(end)
      else this.byEnd.set(end, left)
    }
  }

  /** The one that a request to a vendor is of; each is found once, so that the next request to a number is another’s. */
  claim(vendor: string, to: string, reference: string): OwnMessage | null {
    const digits = digitsOf(to)
    const fitting = (this.byEnd.get(digits.slice(-sameDigits)) ?? []).filter(
      (one) => one.vendor === vendor && (one.digits.endsWith(digits) || digits.endsWith(one.digits)),
    )
    const found =
      fitting.find(({ messageId }) => messageId === reference) ?? fitting.find(({ claimed }) => !claimed)
    if (found) found.claimed = true
    return found ?? null
  }
}

const vendorIn = (url: string) => /^https?:\/\/[^/]*\/([^/?#]*)/.exec(url)?.[1] ?? ''
