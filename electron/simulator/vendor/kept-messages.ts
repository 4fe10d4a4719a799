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

/** The newest messages of a vendor, to be read back. */
export class KeptMessages {
  private readonly messages = new Map<string, KeptMessage>()
  private readonly most: number

  constructor(most: number) {
    this.most = most
  }

  add(message: KeptMessage): void {
    this.messages.set(message.id, message)
    if (this.messages.size <= this.most) return
    const [oldest] = this.messages.keys()
    if (oldest !== undefined) this.messages.delete(oldest)
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
