import type { MessageSummary } from '#shared/message.ts'
import { providerInput } from './messages.ts'
import { reply, startRawServer, type RawServer } from './raw-server.ts'
import { formRows } from './settings.ts'
import type { TestWorkbench } from './workbench.ts'

export interface CountingMember {
  id: string
  server: RawServer
  /** How often each message came, by its id. */
  received: Map<string, number>
}

/** A saved provider whose server counts the messages by their ids and answers after 0 to 3 ms, one after the other. */
export async function countingMember(
  test: Pick<TestWorkbench, 'call'>,
  status: string,
  onRequest: () => void = () => {},
): Promise<CountingMember> {
  const received = new Map<string, number>()
  let requests = 0
  const server = await startRawServer({
    onRequest: (socket, request) => {
      const id = /reference=([0-9a-f-]{36})/.exec(request)?.[1] ?? ''
      received.set(id, (received.get(id) ?? 0) + 1)
      requests += 1
      // Some answers come at once and some later, so that a kill meets messages at every point.
      setTimeout(() => socket.write(reply(status, '{}')), requests % 4)
      onRequest()
    },
  })
  const parameters = formRows({ to: '$$To', text: '$$Body', reference: '$$MessageID' })
  const input = providerInput({ endpoint: `http://127.0.0.1:${server.port}/`, parameters, atOnce: 8 })
  await test.call('providers.save', input)
  return { id: input.id, server, received }
}

/** The whole log, the newest first. */
export async function listAll(test: Pick<TestWorkbench, 'call'>): Promise<MessageSummary[]> {
  const all: MessageSummary[] = []
  for (;;) {
    const before = all.at(-1)?.id ?? null
    const page = await test.call('messages.list', { providerId: null, before, limit: 500 })
    all.push(...page.messages)
    if (!page.more) return all
  }
}
