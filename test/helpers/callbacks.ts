import { randomUUID } from 'node:crypto'
import type { CallbackDetails, CallbackSummary } from '#shared/callbacks/callback.ts'
import type { CallbackMapping } from '#shared/callbacks/format.ts'
import type { MessageStory } from '#shared/message.ts'
import type { ProviderInput } from '#shared/provider.ts'
import type { SendInput } from '#shared/send-input.ts'
import { startRawServer, reply, type RawServer } from './raw-server.ts'
import { providerInput, sendInput } from './messages.ts'
import { openTestWorkbench, type TestWorkbench } from './workbench.ts'

/** Receipts with an id, a reference, a number, a status and a code; replies with a text; clicks with an address. */
export const testMapping: CallbackMapping = {
  receipts: {
    itemsAt: '',
    id: 'id',
    reference: 'reference',
    to: 'to',
    status: 'status',
    statuses: [
      { word: 'QUEUED', state: 'queued' },
      { word: 'SENT', state: 'sent' },
      { word: 'DELIVRD', state: 'delivered' },
      { word: 'READ', state: 'delivered' },
      { word: 'UNDELIV', state: 'undelivered' },
      { word: 'FAILED', state: 'failed' },
      { word: 'EXPIRED', state: 'expired' },
    ],
    error: 'code',
    errorText: 'reason',
    time: 'at',
  },
  replies: { itemsAt: '', from: 'msisdn', to: 'shortcode', text: 'message', time: 'at' },
  clicks: { itemsAt: '', id: 'id', reference: 'reference', url: 'clicked', time: 'at' },
  timeForm: 'seconds',
  zone: '+00:00',
  answer: { status: 200, contentType: 'text/plain; charset=utf-8', body: 'OK' },
}

export interface CallbackScene extends TestWorkbench {
  /** A provider whose server answers each message with an id of its own, `vendor-1` and so on. */
  provider: ProviderInput
  server: RawServer
  /** Where the provider's callbacks go. */
  address: string
  /** What the server answers to the next requests, in place of an id. */
  answers: string[]
  send(more?: Partial<SendInput>): Promise<MessageStory>
  /** Posts JSON to the provider's address and waits until it is matched. */
  post(body: unknown, to?: string): Promise<{ status: number; body: string; callback: CallbackDetails }>
  story(id: string): Promise<MessageStory>
  addProvider(more?: Partial<ProviderInput>): Promise<{ provider: ProviderInput; address: string }>
  figures(providerId?: string): Promise<Record<string, number>>
}

/** A workbench whose listener runs, with a provider that receives callbacks. */
export async function openCallbackScene(
  options: Parameters<typeof openTestWorkbench>[0] = {},
): Promise<CallbackScene> {
  const test = await openTestWorkbench(options)
  const answers: string[] = []
  let count = 0
  const server = await startRawServer({
    onRequest: (socket) => {
      count += 1
      socket.write(answers.shift() ?? reply('200 OK', JSON.stringify({ id: `vendor-${count}` })))
    },
  })
  const addProvider = async (more: Partial<ProviderInput> = {}) => {
    const provider = providerInput(
      {
        endpoint: `http://127.0.0.1:${server.port}/`,
        reading: { messageId: 'id', errorCode: '', errorText: '' },
        callbacks: testMapping,
      },
      more,
    )
    await test.call('providers.save', provider)
    return { provider, address: (await test.call('callbacks.address', { providerId: provider.id })).local }
  }
  await test.call('listener.start', undefined)
  const { provider, address } = await addProvider()
  const scene: CallbackScene = Object.assign(test, {
    provider,
    server,
    address,
    answers,
    addProvider,
    send: (more: Partial<SendInput> = {}) =>
      test.call('messages.send', sendInput(provider.id, { key: randomUUID(), test: false, ...more })),
    post: async (body: unknown, to = address) => {
      const before = await newestCallback(test)
      const answer = await fetch(to, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
      const id = await matchedAfter(test, before?.id)
      return {
        status: answer.status,
        body: await answer.text(),
        callback: await test.call('callbacks.get', { id }),
      }
    },
    story: (id: string) => test.call('messages.get', { id }),
    figures: async (providerId = provider.id) => await rawFigures(test, 'provider', providerId),
  })
  const { close } = test
  scene.close = async () => {
    await server.close()
    await close()
  }
  return scene
}

async function newestCallback({ call }: TestWorkbench): Promise<CallbackSummary | undefined> {
  const filter = { providerId: null, kind: null, effects: [], troubled: false, search: '' }
  return (await call('callbacks.list', { ...filter, cursor: null, limit: 1 })).callbacks[0]
}

/** Waits until another than `before` is the newest, and is read; answers with its id. */
async function matchedAfter(test: TestWorkbench, before: string | undefined): Promise<string> {
  for (;;) {
    const newest = await newestCallback(test)
    const isRead = newest && (newest.count > 0 ? newest.effect !== null : newest.trouble !== null)
    if (newest && newest.id !== before && isRead) return newest.id
    await new Promise(setImmediate)
  }
}

/** Sums of all quarters, of the file itself. */
export async function rawFigures(
  { folder }: Pick<TestWorkbench, 'folder'>,
  of: 'provider' | 'group',
  id: string,
): Promise<Record<string, number>> {
  const { default: Sqlite } = await import('better-sqlite3')
  const { storeFile } = await import('../electron/db/fixtures/damage.ts')
  const db = new Sqlite(storeFile(folder), { readonly: true })
  const names = ['sent', 'delivered', 'undelivered', 'errors', 'clicks', 'clicked', 'replies']
  const sums = names.map((name) => `coalesce(sum(${name}), 0) AS ${name}`).join(', ')
  const row = db.prepare(`SELECT ${sums} FROM stats_sums WHERE level = 1 AND scope = ?`).get(`${of[0]}${id}`)
  db.close()
  return row as Record<string, number>
}
