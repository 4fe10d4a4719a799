import type { CallbackDetails, CallbackSummary } from '#shared/callbacks/callback.ts'
import type { CommandOutput } from '#shared/contract.ts'
import type { CallbackKind } from '#shared/callbacks/format.ts'
import { callbackLine } from './callback-line.ts'
import { connect, valueOf } from './connect.ts'
import { findProvider } from './find-provider.ts'
import { printResult, tableLines } from './output.ts'
import type { ListOptions } from './providers.ts'

export interface ListCallbackOptions extends ListOptions {
  provider?: string
  kind?: CallbackKind
  troubled: boolean
  search: string
  limit: number
}

export interface CraftOptions extends ListOptions {
  provider: string
  query: string
  header: { name: string; value: string }[]
  body?: string
}

export async function listCallbacks(options: ListCallbackOptions): Promise<void> {
  const { dispatch, close } = await connect(options.workspace)
  try {
    const { provider, kind, troubled, search, limit } = options
    const providerId = provider === undefined ? null : (await findProvider(dispatch, provider)).id
    const filter = { providerId, kind: kind ?? null, effects: [], troubled, search }
    const found: CallbackSummary[] = []
    for (let cursor: number | null = null; ;) {
      // A look ends before its time is up; the next one goes on from there.
      const page: CommandOutput<'callbacks.list'> = valueOf(
        await dispatch('callbacks.list', { ...filter, cursor, limit: limit - found.length }),
      )
      found.push(...page.callbacks)
      if (!page.more || found.length >= limit) break
      cursor = page.cursor
    }
    printResult(options.json, found, () =>
      found.length === 0 ? ['No callback fits.'] : found.map((one) => `${one.id}  ${callbackLine(one)}`),
    )
  } finally {
    await close()
  }
}

export async function showCallback(id: string, { workspace, json }: ListOptions): Promise<void> {
  const { dispatch, close } = await connect(workspace)
  try {
    const details: CallbackDetails = valueOf(await dispatch('callbacks.get', { id }))
    printResult(json, details, () => detailLines(details))
  } finally {
    await close()
  }
}

export async function craftCallback(options: CraftOptions): Promise<void> {
  const { dispatch, close } = await connect(options.workspace)
  try {
    const { id: providerId } = await findProvider(dispatch, options.provider)
    const { query, header: headers, body } = options
    const method = body === undefined ? 'GET' : 'POST'
    const crafted = { providerId, method, query, headers, body: body ?? '' } as const
    const summary = valueOf(await dispatch('callbacks.craft', crafted))
    printResult(options.json, summary, () => [`${summary.id}  ${callbackLine(summary)}`])
  } finally {
    await close()
  }
}

export async function replayCallbacks(ids: string[], { workspace, json }: ListOptions): Promise<void> {
  const { dispatch, close } = await connect(workspace)
  try {
    const taken = valueOf(await dispatch('callbacks.replay', { ids }))
    printResult(json, taken, () => taken.map((one) => `${one.id}  ${callbackLine(one)}`))
  } finally {
    await close()
  }
}

function detailLines({ request, answer, items, why, ...about }: CallbackDetails): string[] {
  const rows = items.map((item) => [
    item.kind,
    item.word ?? item.text ?? item.url ?? '',
    item.vendorId ?? item.reference ?? '',
    item.effect,
    item.why ?? item.reason ?? '',
    item.messageId ?? '',
  ])
  return [
    callbackLine(about),
    ...(why === null ? [] : [why]),
    '',
    `${request.method} ${request.target}, from ${request.remote}`,
    ...request.headers.map(({ name, value }) => `${name}: ${value}`),
    '',
    ...(request.body === '' ? [] : [request.body, '']),
    `Answered with ${answer.status}${answer.body === '' ? '' : `: ${answer.body}`}`,
    ...(rows.length === 0 ? [] : ['', ...tableLines(rows)]),
  ]
}
