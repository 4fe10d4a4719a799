import type { Simulated } from '#shared/catalogue/simulated.ts'
import type { VendorRequest } from './vendor-request.ts'

/** A message that a vendor took. */
export interface KeptMessage {
  id: string
  to: string
  from: string
  text: string
  at: number
  request: VendorRequest
  states: Simulated['states']
  /** To the other recipients of the same request. */
  others?: KeptMessage[]
  /** Made when first asked for, and the same from then on. */
  uuid?: string
  hex32?: string
}

/** What all messages of a vendor may cost together, in characters. */
const mostSize = 8_000_000
const ownSize = 200

/** The newest messages of a vendor, to be read back: so many, and fewer where they are long. */
export class KeptMessages {
  private readonly messages = new Map<string, KeptMessage>()
  private readonly most: number
  private size = 0

  constructor(most: number) {
    this.most = most
  }

  add(message: KeptMessage): void {
    this.remove(message.id)
    this.messages.set(message.id, message)
    this.size += sizeOf(message)
    for (const id of this.messages.keys()) {
      const isOver = this.messages.size > this.most || this.size > mostSize
      if (!isOver || id === message.id) return
      this.remove(id)
    }
  }

  private remove(id: string): void {
    const known = this.messages.get(id)
    if (known) this.size -= sizeOf(known)
    this.messages.delete(id)
  }

  /** Those of the account that a request's path names. */
  find(id: string, path: VendorRequest['path']): KeptMessage | null {
    const found = this.messages.get(id)
    return found && isOfSame(found, path) ? found : null
  }

  newest(path: VendorRequest['path'], most: number): KeptMessage[] {
    const found: KeptMessage[] = []
    for (const message of [...this.messages.values()].toReversed()) {
      if (isOfSame(message, path)) found.push(message)
      if (found.length >= most) break
    }
    return found
  }
}

/** What several recipients share is counted once, with the message that knows of the others. */
function sizeOf({ others, request }: KeptMessage): number {
  return ownSize + (others ? others.length * ownSize + request.size : 0)
}

function isOfSame({ request }: KeptMessage, path: VendorRequest['path']): boolean {
  return Object.entries(path).every(
    ([name, value]) => name === 'id' || request.path[name] === undefined || request.path[name] === value,
  )
}

/** How far a message is by now, in the vendor's words; empty where the vendor has none. */
export function stateOf({ states, at }: Pick<KeptMessage, 'states' | 'at'>, now: number): string {
  const reached = states.filter(({ afterMs }) => now - at >= afterMs)
  const latest = reached.reduce<Simulated['states'][number] | null>(
    (best, state) => (best && best.afterMs > state.afterMs ? best : state),
    null,
  )
  return latest?.word ?? ''
}
