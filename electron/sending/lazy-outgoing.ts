import type { Network } from './connect.ts'
import type { Outgoing } from './outgoing.ts'

/** The client for outgoing requests, loaded with the first of them: the workbench starts faster without it. */
export function lazyOutgoing(network?: Partial<Network>, load = loadOutgoing): Outgoing {
  let opened: Promise<Outgoing> | null = null
  let loaded: Outgoing | null = null
  const open = async () => {
    const opening = (opened ??= load(network))
    try {
      loaded = await opening
      return loaded
    } catch (error) {
      // Kept, one failed load (no file handle left, say) would fail every message until a restart.
      if (opened === opening) opened = null
      throw error
    }
  }
  return {
    send: (request, options) =>
      loaded ? loaded.send(request, options) : open().then((outgoing) => outgoing.send(request, options)),
    close: async () => {
      if (opened) await (await opened).close()
    },
  }
}

async function loadOutgoing(network?: Partial<Network>): Promise<Outgoing> {
  const { createOutgoing } = await import('./outgoing.ts')
  return createOutgoing(network)
}
