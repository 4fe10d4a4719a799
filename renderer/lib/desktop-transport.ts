import type { Bridge } from '#shared/bridge.ts'
import type { Answer, Transport } from './failure.ts'
import { connectionLost } from './failure.ts'

/** Through the preload's bridge. A rejection means that the main process is gone. */
export function desktopTransport(bridge: Bridge): Transport {
  return {
    async call(name, input): Promise<Answer<unknown>> {
      try {
        return await bridge.call(name, input)
      } catch {
        return { ok: false, error: connectionLost }
      }
    },
    on: (listener) => bridge.on(listener),
  }
}
