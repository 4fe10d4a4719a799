import { AppError } from '#shared/errors.ts'
import { idSchema } from '#shared/id.ts'
import type { LogFilter } from '#shared/message-log.ts'
import { shownState, type MessageSummary, type ShownState } from '#shared/message.ts'
import { outcomeClasses, outcomeCodes, type OutcomeClass, type OutcomeCode } from '#shared/outcome.ts'
import type { Dispatch } from '../rpc.ts'
import { clock } from './clock.ts'
import { connect, valueOf } from './connect.ts'
import { findProvider } from './find-provider.ts'
import { findGroup } from './find-target.ts'
import { printMessage, printResult, tableLines } from './output.ts'
import type { ListOptions } from './providers.ts'

/** Which messages are meant. */
export interface FilterOptions extends ListOptions {
  search?: string
  provider?: string
  group?: string
  state?: ShownState[]
  outcome?: OutcomeClass | OutcomeCode
  country?: string
  /** Undefined: both kinds. */
  tests?: boolean
  simulated?: boolean
  twice?: boolean
  /** Epoch milliseconds. */
  since?: number
  until?: number
}

export interface ListMessagesOptions extends FilterOptions {
  limit: number
}

const pageSize = 500
const longestText = 60

/** Prints the newest messages that fit. */
export async function listMessages(options: ListMessagesOptions): Promise<void> {
  const { dispatch, close } = await connect(options.workspace)
  try {
    const filter = await filterOf(dispatch, options)
    const { messages, more } = await look(dispatch, filter, options.limit)
    printResult(options.json, { messages, more }, () => lines(messages))
    if (more && !options.json)
      printMessage(`These are the newest ${messages.length}. --limit lists more of them.`)
  } finally {
    await close()
  }
}

export async function filterOf(dispatch: Dispatch, options: FilterOptions): Promise<LogFilter> {
  const { search, provider, group, state, outcome, country, tests, simulated, twice, since, until } = options
  const outcomeClass = outcomeClasses.find((one) => one === outcome)
  const outcomeCode = outcomeClass ? undefined : outcomeCodes.find((one) => one === outcome)
  return {
    providerId: provider === undefined ? null : await idOf(provider, (name) => findProvider(dispatch, name)),
    ...(group !== undefined && { groupId: await idOf(group, (name) => findGroup(dispatch, name)) }),
    ...(search !== undefined && { text: search }),
    ...(state !== undefined && { states: state }),
    ...(outcomeClass !== undefined && { outcomeClass }),
    ...(outcomeCode !== undefined && { outcomeCode }),
    ...(country !== undefined && { country: country.toUpperCase() }),
    ...(tests !== undefined && { test: tests }),
    ...(simulated !== undefined && { simulated }),
    ...(twice && { mayArriveTwice: true }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  }
}

/** What was deleted has no name any more, but its messages keep its id. */
async function idOf(wanted: string, find: (name: string) => Promise<{ id: string }>): Promise<string> {
  return idSchema.safeParse(wanted).data ?? (await find(wanted)).id
}

/** Each call looks for a moment only, so it is asked on until there are enough. */
async function look(dispatch: Dispatch, filter: LogFilter, limit: number) {
  const messages: MessageSummary[] = []
  let more = true
  let cursor: number | undefined
  while (more && messages.length < limit) {
    const page = valueOf(
      await dispatch('messages.list', {
        ...filter,
        before: null,
        limit: Math.min(pageSize, limit - messages.length),
        ...(cursor !== undefined && { cursor }),
      }),
    )
    messages.push(...page.messages)
    cursor = page.cursor
    more = page.more
  }
  return { messages, more }
}

function lines(messages: readonly MessageSummary[]): string[] {
  if (messages.length === 0) return ['No message fits.']
  const rows = messages.map((message) => [
    clock(message.createdAt),
    message.to,
    message.groupName === null ? message.providerName : `${message.providerName} (${message.groupName})`,
    shownState(message),
    message.outcomeCode ?? '',
    message.id,
    shortText(message.text),
  ])
  return tableLines([['TIME', 'TO', 'PROVIDER', 'STATE', 'OUTCOME', 'ID', 'TEXT'], ...rows])
}

/** On one line, whatever is in it. */
function shortText(text: string): string {
  const letters = [...text]
  const shown = letters.length > longestText ? `${letters.slice(0, longestText - 1).join('')}…` : text
  return JSON.stringify(shown)
}

/** Throws `invalid_input` for what is neither a local time nor a stretch before now, such as `24h`. */
export function timeOf(text: string, now = Date.now()): number {
  const stretch = /^(\d{1,5})([mhd])$/.exec(text)
  const minutes = { m: 1, h: 60, d: 1440 }[stretch?.[2] ?? '']
  if (minutes !== undefined) return now - Number(stretch?.[1]) * minutes * 60_000
  // A day alone is meant as it begins here; JavaScript would take it for one in UTC.
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text)
  const isTime = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?$/.test(text)
  const at = isDay || isTime ? new Date(isDay ? `${text}T00:00` : text.replace(' ', 'T')).getTime() : NaN
  if (!Number.isNaN(at)) return at
  throw new AppError(
    'invalid_input',
    `"${text}" is not a time. Write it as 2026-03-29, 2026-03-29T14:05, or 15m, 24h or 7d before now.`,
  )
}
