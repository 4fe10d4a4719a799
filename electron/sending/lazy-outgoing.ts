import type { Lookup } from './connect.ts'
import type { Outgoing } from './outgoing.ts'

/** The client for outgoing requests, loaded with the first of them: the workbench starts faster without it. */
export function lazyOutgoing(lookup?: Lookup): Outgoing {
  let opened: Promise<Outgoing> | null = null
  const open = () => {
    opened ??= import('./outgoing.ts').then(({ createOutgoing }) => createOutgoing(lookup))
    return opened
  }
  return {
    send: async (request, options) => (await open()).send(request, options),
    close: async () => {
      if (opened) await (await opened).close()
    },
  }
}
