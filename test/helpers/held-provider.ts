import type { ProviderSettings } from '#shared/settings.ts'
import { providerInput } from './messages.ts'
import { reply, startRawServer } from './raw-server.ts'
import type { TestWorkbench } from './workbench.ts'

/** A saved provider whose server notes the numbers, and answers at once or once it is told to. */
export async function heldProvider(
  test: Pick<TestWorkbench, 'call'>,
  more: Partial<ProviderSettings> = {},
  host = '127.0.0.1',
) {
  const held: (() => void)[] = []
  const state = { holds: false, status: '201 Created', arrived: [] as string[], onArrival: () => {} }
  const server = await startRawServer({
    onRequest: (socket, request) => {
      state.arrived.push(new URLSearchParams(request.split('\r\n\r\n')[1] ?? '').get('to') ?? '')
      const answer = () => socket.write(reply(state.status, '{}'))
      if (state.holds) held.push(answer)
      else answer()
      state.onArrival()
    },
  })
  const input = providerInput({ endpoint: `http://${host}:${server.port}/`, ...more })
  await test.call('providers.save', input)
  const release = () => {
    state.holds = false
    held.splice(0).forEach((answer) => answer())
  }
  const arrivals = (count: number) =>
    new Promise<void>((resolve) => {
      const look = () => state.arrived.length >= count && resolve()
      state.onArrival = look
      look()
    })
  return { id: input.id, input, server, state, release, arrivals }
}
