import type { MessageListInput, MessagePage } from '#shared/message-log.ts'
import type { Workbench } from '../../electron/workbench.ts'
import { filtersOf, searchesOf, type Asked } from './log-filters.ts'
import { workspaceOf } from './log-workspace.ts'
import { median, round } from './median.ts'
import type { Figure } from './run.ts'
import { openBuilt } from './throughput.ts'

const small = 10_000
const large = 1_000_000
const rounds = 9
const pageSize = 50

/**
 * How long a page of the log takes, from asking until it is full or the log is at its end, at a million messages against ten
 * thousand. The value compares what all filters take together; the worst one is named with it, as a ratio and in
 * milliseconds, for a filter that takes a tenth of a millisecond in the small log may take five times that unnoticed.
 */
export async function benchLog(): Promise<Record<string, Figure>> {
  const [few, many] = [await openLog(small), await openLog(large)]
  try {
    return {
      'log.growth': await growth(few, many, ({ filters }) => filters),
      'search.growth': await growth(few, many, ({ searches }) => searches),
    }
  } finally {
    await few.workbench.close()
    await many.workbench.close()
  }
}

interface Log {
  workbench: Workbench
  filters: Record<string, Asked>
  searches: Record<string, Asked>
}

async function openLog(messages: number): Promise<Log> {
  const workbench = await openBuilt(workspaceOf(messages))
  const providers = await workbench.dispatch('providers.list', undefined)
  const groups = await workbench.dispatch('groups.list', undefined)
  if (!providers.ok || !groups.ok) throw new Error('the log of the bench cannot be read')
  const named = (list: readonly { id: string; name: string }[], name: string) => {
    const found = list.find((one) => one.name === name)
    if (!found) throw new Error(`the log of the bench has no ${name}`)
    return found.id
  }
  const provider = (name: string) => named(providers.value, name)
  const { messages: newest } = await pageOf(workbench, {}, { limit: 1 })
  const end = newest[0]?.createdAt ?? 0
  return {
    workbench,
    filters: filtersOf(provider, named(groups.value, 'India'), end),
    searches: searchesOf(provider),
  }
}

async function growth(few: Log, many: Log, of: (log: Log) => Record<string, Asked>): Promise<Figure> {
  const results: { name: string; few: number; many: number }[] = []
  for (const name of Object.keys(of(few))) {
    const [one, other] = [of(few)[name] ?? {}, of(many)[name] ?? {}]
    const times: { few: number; many: number }[] = []
    for (let index = 0; index <= rounds; index += 1)
      times.push({ few: await fullPage(few.workbench, one), many: await fullPage(many.workbench, other) })
    // The first are for the statements to be prepared and the pages to be read.
    const rest = times.slice(1)
    results.push({
      name,
      few: median(rest.map((time) => time.few)),
      many: median(rest.map((time) => time.many)),
    })
  }
  const sum = (side: 'few' | 'many') => results.reduce((all, result) => all + result[side], 0)
  const worst = results.toSorted((one, other) => other.many / other.few - one.many / one.few)[0]
  const slowest = results.toSorted((one, other) => other.many - one.many)[0]
  if (process.env['BENCH_DETAILS']) console.table(results)
  return {
    value: round(sum('many') / sum('few'), 2),
    unit: 'ratio',
    yardstick: `a full page, all ${results.length} together, at ${small.toLocaleString('en')} messages; worst: ${told(worst)}; slowest: ${told(slowest)}`,
  }
}

function told(result: { name: string; few: number; many: number } | undefined): string {
  if (!result) return 'none'
  return `“${result.name}” ${round(result.many / result.few, 1)} (${round(result.many, 1)} ms)`
}

async function fullPage(workbench: Workbench, filter: Asked): Promise<number> {
  const started = performance.now()
  let missing = pageSize
  for (let cursor: number | undefined; ;) {
    const page = await pageOf(workbench, filter, {
      limit: missing,
      ...(cursor === undefined ? {} : { cursor }),
    })
    missing -= page.messages.length
    cursor = page.cursor
    if (!page.more || missing === 0) return performance.now() - started
  }
}

async function pageOf(
  workbench: Workbench,
  filter: Asked,
  place: Pick<MessageListInput, 'limit' | 'cursor'>,
): Promise<MessagePage> {
  const answer = await workbench.dispatch('messages.list', {
    providerId: null,
    ...filter,
    before: null,
    ...place,
  })
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value
}
