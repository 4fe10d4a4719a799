import type { OnWay, OwnMessage } from './on-way.ts'

/** A provider of the workbench, as its vendor knows it. */
export interface OwnProvider {
  /** Where its callbacks are to be sent: the public address where there is one. */
  address: string
  /** What was typed for the vendor and is no secret. */
  fields: Readonly<Record<string, string>>
  /** What its callbacks are signed with; null: there is none, or it is locked away. */
  key: string | null
}

/** The workbench that the simulator runs in: whose messages it gets, and whose listener its callbacks go to. */
export interface Home {
  messageOnWay(vendor: string, to: string, reference: string): OwnMessage | null
  /** Null: it is gone. */
  provider(id: string): Promise<OwnProvider | null>
  /** Whose address this is; null: nobody's. */
  providerAt(address: string): string | null
  listener(): { running: boolean; port: number; publicUrl: string | null }
  /** A header by which the listener knows the simulator's requests. It is told to nobody else. */
  mark: { name: string; value: string }
}

/** What the workbench's listener lends of itself. */
export interface Listening {
  provider(id: string): Promise<{ path: string; fields: OwnProvider['fields']; key: string | null } | null>
  providerAt(address: string): string | null
  isRunning(): boolean
  port(): number
  localAddress(): string
  publicAddress(): string | null
  simulatorMark: Home['mark']
}

/** `listening` is asked for late, as the listener is opened after the simulator. */
export function simulatorHome(onWay: OnWay, listening: () => Listening): Home {
  return {
    messageOnWay: (vendor, to, reference) => onWay.claim(vendor, to, reference),
    provider: async (id) => {
      const { provider, publicAddress, localAddress } = listening()
      const found = await provider(id)
      if (!found) return null
      const { path, fields, key } = found
      return { address: (publicAddress() ?? localAddress()) + path, fields, key }
    },
    providerAt: (address) => listening().providerAt(address),
    listener: () => {
      const { isRunning, port, publicAddress } = listening()
      return { running: isRunning(), port: port(), publicUrl: publicAddress() }
    },
    get mark() {
      return listening().simulatorMark
    },
  }
}
