import { setTimeout as pause } from 'node:timers/promises'
import type { CallbackSummary } from '#shared/callbacks/callback.ts'
import type { CommandOutput } from '#shared/contract.ts'
import type { ListenerStatus } from '#shared/callbacks/listener.ts'
import type { Dispatch } from '../rpc.ts'
import { callbackLine } from './callback-line.ts'
import { connect, valueOf } from './connect.ts'
import { printMessage, tableLines } from './output.ts'
import type { ListOptions } from './providers.ts'

export interface ListenOptions extends ListOptions {
  port?: number
  publicUrl?: string
}

const lookEveryMs = 400
const pageSize = 500

/**
 * Runs the listener until a signal ends it and prints a line for each callback; with `json` each is a document of its own.
 * Where the app has the workspace open, it is the app that listens, and that goes on if it did before.
 */
export async function listen(options: ListenOptions): Promise<void> {
  const { dispatch, close } = await connect(options.workspace)
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort())
  try {
    const { settings, running } = valueOf(await dispatch('listener.status', undefined))
    const { port = settings.port, publicUrl = settings.publicUrl } = options
    const seen = await newest(dispatch)
    valueOf(await dispatch('listener.configure', { ...settings, port, publicUrl }))
    const status = valueOf(await dispatch('listener.start', undefined))
    for (const line of await addressLines(dispatch, status)) printMessage(line)
    await follow(dispatch, seen, options.json, stop.signal)
    if (!running) valueOf(await dispatch('listener.stop', undefined))
  } finally {
    await close()
  }
}

async function addressLines(dispatch: Dispatch, { address, portTaken, settings }: ListenerStatus) {
  const providers = valueOf(await dispatch('providers.list', undefined))
  const rows: string[][] = []
  for (const { id, name } of providers) {
    const where = valueOf(await dispatch('callbacks.address', { providerId: id }))
    rows.push([name, where.public ?? where.local])
  }
  return [
    `Callbacks are taken at ${address}. Stop with Ctrl+C.`,
    ...(portTaken ? [`Port ${settings.port} is taken; the next free one is used instead.`] : []),
    ...tableLines(rows),
  ]
}

const all = { providerId: null, kind: null, effects: [], troubled: false, search: '' }

/** The id of the newest that is there. */
async function newest(dispatch: Dispatch): Promise<string | null> {
  const page = valueOf(await dispatch('callbacks.list', { ...all, cursor: null, limit: 1 }))
  return page.callbacks[0]?.id ?? null
}

/** Through the app's door no event comes, so what is new is looked up. */
async function follow(
  dispatch: Dispatch,
  seen: string | null,
  json: boolean,
  signal: AbortSignal,
): Promise<void> {
  let last = seen
  while (!signal.aborted) {
    await pause(lookEveryMs, undefined, { signal }).catch(() => {})
    const fresh = await after(dispatch, last)
    for (const one of fresh.toReversed())
      process.stdout.write(json ? `${JSON.stringify(one)}\n` : `${callbackLine(one)}\n`)
    last = fresh[0]?.id ?? last
  }
}

/** Those that were read and came after one, newest first. */
async function after(dispatch: Dispatch, seen: string | null): Promise<CallbackSummary[]> {
  const fresh: CallbackSummary[] = []
  for (let cursor: number | null = null; ;) {
    const page: CommandOutput<'callbacks.list'> = valueOf(
      await dispatch('callbacks.list', { ...all, cursor, limit: pageSize }),
    )
    const known = page.callbacks.findIndex(({ id }) => id === seen)
    fresh.push(...(known === -1 ? page.callbacks : page.callbacks.slice(0, known)))
    if (known !== -1 || !page.more) break
    cursor = page.cursor
  }
  // What is not matched yet is told with the next look, and all that came after it.
  const unread = fresh.findLastIndex(
    ({ effect, trouble, count }) => effect === null && trouble === null && count === 0,
  )
  return fresh.slice(unread + 1)
}
